namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;
using Xunit;
using static MasterLab;

public sealed class HostWatchTests
{
    static readonly Decky Web = On(HostA, "web");

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task A_host_falls_silent_and_is_lost_and_its_rows_say_so(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA, HostB);
        await lab.WantAsync(Web, On(HostA, "mail"), On(HostB, "dns"));
        await lab.ReportAsync(HostA, Running(Web), Running(On(HostA, "mail")) with { State = DeckyState.Degraded, Reason = "mail-smtp exited" });
        await lab.ReportAsync(HostB, Running(On(HostB, "dns")));
        lab.Clock.Advance(TimeSpan.FromSeconds(60));
        await lab.ReportAsync(HostB, Running(On(HostB, "dns")));

        Assert.Equal(0, await lab.Watch.LookAsync());
        lab.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(3, await lab.Watch.LookAsync());
        Assert.Equal(0, await lab.Watch.LookAsync());

        Assert.Equal(FleetHostStatus.Silent, (await lab.HostAsync(HostA)).Status);
        Assert.Equal(
            (DeckyState.Degraded, "the host host-a is silent since 2026-01-01 00:00:00 UTC; last known state: running"), await StateAsync(lab, "web"));
        Assert.Equal(
            (DeckyState.Degraded, "the host host-a is silent since 2026-01-01 00:00:00 UTC; last known state: degraded (mail-smtp exited)"), await StateAsync(lab, "mail"));
        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostB, "dns"))!.State);

        for (var minute = 0; minute < 14; minute++)
        {
            lab.Clock.Advance(TimeSpan.FromMinutes(1));
            await lab.ReportAsync(HostB, Running(On(HostB, "dns")));
            await lab.Watch.LookAsync();
        }

        Assert.Equal(FleetHostStatus.Lost, (await lab.HostAsync(HostA)).Status);
        Assert.Equal(
            (DeckyState.Failed, "the host host-a is lost: silent since 2026-01-01 00:00:00 UTC; last known state: running"), await StateAsync(lab, "web"));
        Assert.Equal(
            ["host.host-a.state silent", "host.host-a.state aged", "host.host-a.state lost", "host.host-a.state aged"],
            (await lab.EventsAsync()).Where(told => told.StartsWith("host.", StringComparison.Ordinal)));
        Assert.Equal(FleetHostStatus.Active, (await lab.HostAsync(HostB)).Status);
    }

    [Fact]
    public async Task A_row_with_an_open_operation_is_aged_when_that_has_ended()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);
        lab.Clock.Advance(TimeSpan.FromMinutes(2));

        await lab.Watch.LookAsync();
        var during = await lab.RowAsync(HostA, "web");
        lab.Clock.Advance(TimeSpan.FromMinutes(30));
        await lab.Watch.LookAsync();
        await lab.Watch.LookAsync();

        Assert.Equal(DeckyState.Running, during!.State);
        Assert.Equal(DeckyState.Failed, (await lab.RowAsync(HostA, "web"))!.State);
        Assert.Equal(OperationStatus.Failed, (await lab.OperationAsync(operation.Id)).Status);
    }

    [Fact]
    public async Task A_master_that_was_away_gives_its_hosts_time_to_report()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        lab.Clock.Advance(TimeSpan.FromHours(1));
        var watch = new HostWatch(lab.Store, lab.Events, lab.File, clock: lab.Clock);

        await watch.LookAsync();
        Assert.Equal(FleetHostStatus.Active, (await lab.HostAsync(HostA)).Status);
        lab.Clock.Advance(TimeSpan.FromSeconds(91));
        await watch.LookAsync();

        Assert.Equal(FleetHostStatus.Silent, (await lab.HostAsync(HostA)).Status);
    }

    [Fact]
    public async Task Thresholds_are_options()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var options = new HostWatchOptions { SilentAfter = TimeSpan.FromSeconds(2), LostAfter = TimeSpan.FromSeconds(4) };
        var watch = new HostWatch(lab.Store, lab.Events, lab.File, options, lab.Clock);

        lab.Clock.Advance(TimeSpan.FromSeconds(3));
        await watch.LookAsync();
        var silent = await lab.HostAsync(HostA);
        lab.Clock.Advance(TimeSpan.FromSeconds(2));
        await watch.LookAsync();

        Assert.Equal((FleetHostStatus.Silent, FleetHostStatus.Lost), (silent.Status, (await lab.HostAsync(HostA)).Status));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HostWatch(lab.Store, lab.Events, lab.File, options with { LostAfter = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public async Task A_host_that_never_reported_stays_enrolled()
    {
        await using var lab = await NewAsync();
        await lab.Store.CommitAsync([new StateChange.PutHost(lab.Host(HostA) with { Status = FleetHostStatus.Enrolled, LastHeartbeat = null })], lab.Clock.GetUtcNow());
        lab.Clock.Advance(TimeSpan.FromDays(1));

        await lab.Watch.LookAsync();

        Assert.Equal(FleetHostStatus.Enrolled, (await lab.HostAsync(HostA)).Status);
    }

    [Fact]
    public async Task Operations_past_their_deadline_end_with_how_their_host_is()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        var silent = await lab.BeginAsync(HostA, "web");
        var active = await lab.BeginAsync(HostB, "mail");
        var own = await lab.BeginAsync(HostId.Local, "own");
        lab.Clock.Advance(TimeSpan.FromMinutes(30));
        await lab.Ledger.ReceiveAsync(HostB, lab.Report(HostB) with { OpenOperations = [active.Id] });

        await lab.Watch.LookAsync();

        Assert.Equal(
            "It was not finished by its deadline, 2026-01-01 00:30:00 UTC. The host host-a is lost: silent since 2026-01-01 00:00:00 UTC. Look after the host, and ask for it again when it reports.",
            (await lab.OperationAsync(silent.Id)).Error);
        Assert.Equal(
            "It was not finished by its deadline, 2026-01-01 00:30:00 UTC. The host host-b is active, and last reported at 2026-01-01 00:30:00 UTC, so it may still be working on it: look at the decky before you ask for it again.",
            (await lab.OperationAsync(active.Id)).Error);
        Assert.Equal(OperationStatus.Running, (await lab.OperationAsync(own.Id)).Status);
    }

    [Fact]
    public async Task A_mutation_past_its_deadline_gives_the_services_back_that_were_last_reported()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        await lab.WantAsync(Web with { Services = ["smtp"] });
        await lab.BeginAsync(HostA, "web", OperationKind.Mutate);
        lab.Clock.Advance(TimeSpan.FromMinutes(30));

        await lab.Watch.LookAsync();

        Assert.Equal(Web.Services, (await lab.FleetAsync()).Find(Web.Name)!.Services);
    }

    [Fact]
    public async Task It_runs_until_it_is_cancelled_whatever_the_store_does()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        using var end = new CancellationTokenSource();
        ((Decnet.Fleet.InMemory.InMemoryStateStore)lab.Store).FailReads(StateStoreError.Locked, 3);

        var running = lab.Watch.RunAsync(end.Token);
        await Eventually.TrueAsync(async () =>
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(20));
            return lab.Clock.GetUtcNow() > Sample.Now.AddMinutes(3) && (await lab.HostAsync(HostA)).Status != FleetHostStatus.Active;
        });
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    static async Task<(DeckyState, string?)> StateAsync(MasterLab lab, string name)
    {
        var row = await lab.RowAsync(HostA, name);
        return (row!.State, row.Reason);
    }
}
