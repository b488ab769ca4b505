namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>Hosts that report, invitations, and numbers that only grow.</summary>
public abstract partial class StateStoreContract
{
    static readonly string TokenHash = new('a', 64);

    static Enrolment Invitation(string name, char digit = 'a') =>
        new() { TokenHash = new string(digit, 64), Name = name, CreatedAt = Start, ExpiresAt = Start.AddMinutes(5) };

    [Fact]
    public async Task All_that_is_known_of_a_host_is_kept()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var host = Host(HostA, "alpha") with
        {
            Address = "198.18.0.9",
            AgentPort = 8765,
            Fingerprint = "ab",
            NextFingerprint = "cd",
            AgentVersion = "0.1.0",
            LastReport = 17,
            TrustVersion = 3,
            LastObserved = Start.AddSeconds(4),
        };

        await Commit(store, Start, new StateChange.PutHost(host));

        Assert.Equal([host], await store.ListHostsAsync());
    }

    [Fact]
    public async Task A_report_makes_a_host_active_and_never_lowers_its_number()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.PutHost(Host(HostA, "alpha") with { Status = FleetHostStatus.Lost }));

        var first = await Commit(store, Start.AddSeconds(1), new StateChange.RecordReport(HostA, 8, "1.0", 2), new StateChange.RecordReport(HostB, 1, "1.0", 2));
        await Commit(store, Start.AddSeconds(2), new StateChange.RecordReport(HostA, 7, "1.1", 3));

        Assert.Equal([true, false], first.Applied);
        var host = Assert.Single(await store.ListHostsAsync());
        Assert.Equal((FleetHostStatus.Active, Start.AddSeconds(2), 8L, "1.1", 3L), (host.Status, host.LastHeartbeat, host.LastReport, host.AgentVersion, host.TrustVersion));
    }

    [Fact]
    public async Task Last_seen_follows_the_reports_that_tell_of_deckies()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(
            store,
            Start,
            new StateChange.PutHost(Host(HostA, "alpha")),
            new StateChange.InsertDecky(Row("running", HostA) with { LastSeen = Start }),
            new StateChange.InsertDecky(Row("gone", HostA, DeckyState.TornDown) with { LastSeen = Start }),
            new StateChange.InsertDecky(Row("elsewhere", HostB) with { LastSeen = Start }));

        await Commit(store, Start.AddSeconds(1), new StateChange.RecordReport(HostA, 2, "1.0", 0));
        await Commit(store, Start.AddSeconds(2), new StateChange.RecordReport(HostA, 1, "1.0", 0));
        await Commit(store, Start.AddSeconds(3), new StateChange.RecordReport(HostA, 3, "1.0", 0) { HasObserved = false });

        var rows = await store.ListDeckiesAsync();
        Assert.Equal(
            [("gone", Start), ("running", Start.AddSeconds(1)), ("elsewhere", Start)],
            rows.OrderBy(row => row.HostId == HostB).ThenBy(row => row.Name).Select(row => (row.Name.Value, row.LastSeen!.Value)));
        Assert.All(rows, row => Assert.Equal(Start, row.UpdatedAt));
        Assert.Equal((Start.AddSeconds(1), Start.AddSeconds(3)), (await store.FindHostAsync(HostA) is { } host ? (host.LastObserved!.Value, host.LastHeartbeat!.Value) : default));
    }

    [Fact]
    public async Task A_host_that_has_reported_meanwhile_does_not_age()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.PutHost(Host(HostA, "alpha")), new StateChange.RecordReport(HostA, 1, "1.0", 0));
        var seen = Assert.Single(await store.ListHostsAsync());
        await Commit(store, Start.AddSeconds(1), new StateChange.RecordReport(HostA, 2, "1.0", 0));
        var now = Assert.Single(await store.ListHostsAsync());

        var aged = await Commit(store, Start.AddSeconds(2), new StateChange.AgeHost(seen, FleetHostStatus.Silent), new StateChange.AgeHost(now, FleetHostStatus.Silent));
        var again = await Commit(store, Start.AddSeconds(3), new StateChange.AgeHost(now, FleetHostStatus.Lost));

        Assert.Equal([false, true], aged.Applied);
        Assert.Equal([false], again.Applied);
        Assert.Equal(FleetHostStatus.Silent, Assert.Single(await store.ListHostsAsync()).Status);
    }

    [Fact]
    public async Task The_certificates_of_a_host_can_be_changed_without_the_rest()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.PutHost(Host(HostA, "alpha") with { Fingerprint = "ab" }), new StateChange.RecordReport(HostA, 4, "1.0", 1));

        var result = await Commit(store, Start.AddSeconds(1), new StateChange.PinHost(HostA, "cd", "ef"), new StateChange.PinHost(HostB, "cd", null));

        Assert.Equal([true, false], result.Applied);
        var host = Assert.Single(await store.ListHostsAsync());
        Assert.Equal(("cd", "ef", 4L, FleetHostStatus.Active), (host.Fingerprint, host.NextFingerprint, host.LastReport, host.Status));
    }

    [Fact, Trait("Weakness", "L-4.11")]
    public async Task An_invitation_adds_one_host_once()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.PutEnrolment(Invitation("alpha")));

        var result = await Commit(
            store,
            Start.AddMinutes(1),
            new StateChange.TakeEnrolment(new string('b', 64), Host(HostA, "alpha")),
            new StateChange.TakeEnrolment(TokenHash, Host(HostA, "alpha")),
            new StateChange.TakeEnrolment(TokenHash, Host(HostB, "bravo")));

        Assert.Equal([false, true, false], result.Applied);
        Assert.Equal(["alpha"], (await store.ListHostsAsync()).Select(host => host.Name));
        Assert.Empty(await store.ListEnrolmentsAsync());
    }

    [Fact]
    public async Task An_invitation_that_has_expired_adds_nobody()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.PutEnrolment(Invitation("alpha")));

        var result = await Commit(store, Start.AddMinutes(5), new StateChange.TakeEnrolment(TokenHash, Host(HostA, "alpha")));

        Assert.Equal([false], result.Applied);
        Assert.Empty(await store.ListHostsAsync());
    }

    [Fact]
    public async Task An_invitation_is_not_used_up_by_a_host_that_is_there_already()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.PutHost(Host(HostB, "bravo")), new StateChange.PutEnrolment(Invitation("alpha")));

        var result = await Commit(
            store,
            Start.AddMinutes(1),
            new StateChange.TakeEnrolment(TokenHash, Host(HostA, "bravo")),
            new StateChange.TakeEnrolment(TokenHash, Host(HostB, "alpha")));

        Assert.Equal([false, false], result.Applied);
        Assert.Equal([Invitation("alpha")], await store.ListEnrolmentsAsync());
        Assert.Equal([Host(HostB, "bravo")], await store.ListHostsAsync());
    }

    [Fact]
    public async Task A_second_invitation_of_a_name_voids_the_first()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        await Commit(store, Start, new StateChange.PutEnrolment(Invitation("bravo", 'c')), new StateChange.PutEnrolment(Invitation("alpha")), new StateChange.PutEnrolment(Invitation("alpha", 'b')));

        Assert.Equal([Invitation("alpha", 'b'), Invitation("bravo", 'c')], await store.ListEnrolmentsAsync());
    }

    [Fact]
    public async Task Numbers_only_grow()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        var result = await Commit(
            store,
            Start,
            new StateChange.RaiseCounter("a", 0),
            new StateChange.RaiseCounter("a", 0),
            new StateChange.RaiseCounter("a", 7),
            new StateChange.RaiseCounter("a", 6),
            new StateChange.RaiseCounter("b", 1));

        Assert.Equal([true, false, true, false, true], result.Applied);
        Assert.Equal((7L, 1L, 0L), (await store.ReadCounterAsync("a"), await store.ReadCounterAsync("b"), await store.ReadCounterAsync("c")));
    }

    [Fact]
    public async Task Events_that_a_master_has_yet_to_hear_of_are_kept_within_bounds()
    {
        var (store, log) = await OpenAsync(new EventRetention { MaxEvents = 3 });
        await using var closing = store;
        await Commit(store, Start, new StateChange.RaiseCounter(DurableCounter.Outbox, 0));
        for (var i = 1; i <= 8; i++)
        {
            await Commit(store, Start.AddSeconds(i), new StateChange.Announce { Events = Event("system.a.b") });
        }

        var unheard = await log.ReadAsync(0);
        await Commit(store, Start.AddSeconds(9), new StateChange.RaiseCounter(DurableCounter.Outbox, 4));
        await Commit(store, Start.AddSeconds(9), new StateChange.Announce { Events = Event("system.a.b") });
        var heard = await log.ReadAsync(0);
        for (var i = 10; i <= 50; i++)
        {
            await Commit(store, Start.AddSeconds(i), new StateChange.Announce { Events = Event("system.a.b") });
        }

        Assert.Equal(Enumerable.Range(1, 8), unheard.Events.Select(one => (int)one.Sequence));
        Assert.Equal(Enumerable.Range(5, 5), heard.Events.Select(one => (int)one.Sequence));
        Assert.Equal(3 * DurableCounter.OutboxReserve, (await log.ReadAsync(0)).Events.Count);
    }
}
