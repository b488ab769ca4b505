namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>Orders to leave deckies alone.</summary>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task An_order_to_suspend_comes_back_whole()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        var order = Suspended("web-01") with { Reason = "a guest is inside — смотрим" };

        var result = await Commit(store, Start.AddSeconds(9), new StateChange.Suspend(order) { Events = Event("a.b") });

        Assert.Equal([true], result.Applied);
        Assert.Equal([order], (await store.ReadAsync(HostA)).Suspensions);
        Assert.Empty((await store.ReadAsync(HostB)).Suspensions);
        Assert.Equal(1, await log.GetLastSequenceAsync());
    }

    [Fact]
    public async Task The_order_for_the_whole_host_comes_first_and_the_others_by_name()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        Suspension[] orders = [Suspended(null), Suspended("0"), Suspended("a-1"), Suspended("a0"), Suspended("web-01")];

        foreach (var order in orders.Reverse())
        {
            await Commit(store, Start, new StateChange.Suspend(order));
        }

        Assert.Equal(orders, (await store.ReadAsync(HostA)).Suspensions);
        Assert.Equal(orders, await store.ListSuspensionsAsync(HostA));
        Assert.Empty(await store.ListSuspensionsAsync(HostB));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("web-01")]
    public async Task A_later_order_takes_the_place_of_an_earlier_one(string? decky)
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var later = Suspended(decky) with { By = "bob", At = Start.AddHours(1) };

        var result = await Commit(
            store, Start, new StateChange.Suspend(Suspended(decky) with { Reason = "first" }), new StateChange.Suspend(later));

        Assert.Equal([true, true], result.Applied);
        Assert.Equal([later], (await store.ReadAsync(HostA)).Suspensions);
    }

    [Fact]
    public async Task An_order_that_is_taken_back_is_gone_and_the_others_stay()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(
            store,
            Start,
            new StateChange.Suspend(Suspended(null)),
            new StateChange.Suspend(Suspended("web-01")),
            new StateChange.Suspend(Suspended("web-02")),
            new StateChange.Suspend(Suspended("web-01") with { HostId = HostB }));

        var result = await Commit(
            store,
            Start,
            new StateChange.Resume(HostA, null),
            new StateChange.Resume(HostA, Name("web-01")),
            new StateChange.Resume(HostA, Name("web-01")) { Events = Event("a.b") },
            new StateChange.Resume(HostB, null) { Events = Event("a.b") });

        Assert.Equal([true, true, false, false], result.Applied);
        Assert.Equal([Suspended("web-02")], (await store.ReadAsync(HostA)).Suspensions);
        Assert.Single((await store.ReadAsync(HostB)).Suspensions);
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }

    [Fact, Trait("Weakness", "L-7.2")]
    public async Task Removing_a_host_takes_its_orders_to_suspend()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(
            store,
            Start,
            new StateChange.PutHost(Host(HostA, "alpha")),
            new StateChange.Suspend(Suspended(null)),
            new StateChange.Suspend(Suspended("web-01")),
            new StateChange.Suspend(Suspended("web-01") with { HostId = HostB }));

        await Commit(store, Start, new StateChange.RemoveHost(HostA));

        Assert.Empty((await store.ReadAsync(HostA)).Suspensions);
        Assert.Single((await store.ReadAsync(HostB)).Suspensions);
    }

    static Suspension Suspended(string? decky) => new()
    {
        HostId = HostA,
        DeckyName = decky is null ? null : Name(decky),
        By = "alice",
        At = Start,
    };
}
