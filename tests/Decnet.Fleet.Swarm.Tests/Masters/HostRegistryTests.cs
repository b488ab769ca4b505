namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;
using Xunit;
using static MasterLab;

public sealed class HostRegistryTests
{
    static readonly Decky Web = On(HostA, "web");

    [Fact]
    public async Task Hosts_are_listed_as_they_are_now()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostB, HostA);
        lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await lab.ReportAsync(HostB);

        Assert.Equal(
            [("host-a", FleetHostStatus.Silent), ("host-b", FleetHostStatus.Active)],
            (await lab.Registry.ListAsync()).Select(host => (host.Name, host.Status)));
    }

    [Fact]
    public async Task A_host_is_found_by_identity_or_name()
    {
        await using var lab = await NewAsync();
        await lab.Store.CommitAsync([new StateChange.PutHost(lab.Host(HostA) with { Name = "alpha" })], lab.Clock.GetUtcNow());

        Assert.Equal(HostA, (await lab.Registry.GetAsync("alpha")).HostId);
        Assert.Equal(HostA, (await lab.Registry.GetAsync("host-a")).HostId);
        var error = await Assert.ThrowsAsync<UnknownHostException>(() => lab.Registry.GetAsync("alhpa"));
        Assert.Equal("There is no host 'alhpa': did you mean 'alpha'? known: alpha.", error.Message);
    }

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task A_host_with_deckies_is_removed_by_force_alone(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA, HostB);
        await lab.WantAsync(Web, On(HostB, "mail"));
        await lab.ReportAsync(HostA, Running(Web));
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Registry.UnregisterAsync("host-a"));
        Assert.NotNull(await lab.Store.FindHostAsync(HostA));
        Assert.Empty(lab.Certificates.Revoked);
        await lab.Registry.UnregisterAsync("host-a", force: true);

        Assert.Equal("host-in-use", Assert.Single(refused.Errors).Code);
        Assert.Null(await lab.Store.FindHostAsync(HostA));
        Assert.Empty(await lab.Store.ListDeckiesAsync(HostA));
        Assert.Equal(["mail"], (await lab.FleetAsync()).Deckies.Select(decky => decky.Name.Value));
        Assert.Equal([HostA], lab.Certificates.Revoked);
        Assert.Equal("The host host-a was removed from the fleet: it was unregistered.", (await lab.OperationAsync(operation.Id)).Error);
    }

    [Fact]
    public async Task A_host_without_deckies_is_removed()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);

        await lab.Registry.UnregisterAsync("host-a");

        Assert.Empty(await lab.Registry.ListAsync());
        Assert.Equal(["host.host-a.state removed"], await lab.EventsAsync());
    }

    [Fact]
    public async Task A_host_is_not_removed_under_somebodys_work()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await using var held = await lab.Work.AcquireAsync("deploying", TimeSpan.Zero);

        var removing = lab.Registry.UnregisterAsync("host-a");
        await Decnet.Testing.Eventually.TrueAsync(() =>
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(removing.IsCompleted);
        });

        await Assert.ThrowsAsync<FleetLockedException>(() => removing);
        Assert.NotNull(await lab.Store.FindHostAsync(HostA));
    }
}
