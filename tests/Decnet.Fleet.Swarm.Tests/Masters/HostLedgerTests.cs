namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;
using Xunit;
using static MasterLab;

public sealed class HostLedgerTests
{
    static readonly Decky Web = On(HostA, "web");

    [Fact]
    public async Task An_unknown_host_is_refused()
    {
        await using var lab = await NewAsync();

        var error = await Assert.ThrowsAsync<UnknownHostException>(() => lab.ReportAsync(HostA));

        Assert.Equal("host-a", error.Host);
        Assert.Contains("Enrol it again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_has_left_is_refused_and_leaves_nothing_behind()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        await lab.Registry.UnregisterAsync("host-a", force: true);

        await Assert.ThrowsAsync<UnknownHostException>(() => lab.ReportAsync(HostA, Running(Web)));

        Assert.Empty(await lab.Store.ListDeckiesAsync());
    }

    [Fact]
    public async Task A_host_that_was_enrolled_anew_counts_from_the_beginning()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        var first = lab.Report(HostA, Running(Web));
        await lab.Ledger.ReceiveAsync(HostA, first with { Number = 900 });
        await lab.Registry.UnregisterAsync("host-a", force: true);
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.Store.CommitAsync([new StateChange.Announce { Events = [new EventDraft("host.host-a.state", "host", "{}")] }], lab.Clock.GetUtcNow());

        await lab.Ledger.ReceiveAsync(HostA, first with { Number = 1 });

        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
    }

    [Fact]
    public async Task Every_error_of_a_report_is_told_and_nothing_is_changed()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var report = lab.Report(HostB, Running(Web), Running(Web) with { Digest = "no", Reason = new string('x', 3000) }) with
        {
            Version = "7",
            Number = 0,
            Deltas = [Delta(await lab.BeginAsync(HostA, "web"), OperationStatus.Pending)],
        };

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Ledger.ReceiveAsync(HostA, report));

        Assert.Equal(
            ["protocol-version", "foreign-host", "report-number", "duplicate-name", "too-long", "invalid-digest", "invalid-status"],
            error.Errors.Select(issue => issue.Code));
        Assert.Empty(await lab.Store.ListDeckiesAsync());
        Assert.Equal(0, (await lab.HostAsync(HostA)).LastReport);
    }

    [Fact]
    public async Task Reports_beyond_the_limits_are_refused()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var delta = Delta(await lab.BeginAsync(HostA, "web"));
        var report = lab.Report(HostA) with
        {
            Deltas = [.. Enumerable.Repeat(delta, SwarmProtocol.MaxDeltas + 1)],
            Deckies = [.. Enumerable.Range(0, SwarmProtocol.MaxDeckies + 1).Select(i => Running(On(HostA, $"d{i}")))],
        };

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Ledger.ReceiveAsync(HostA, report));

        Assert.Equal(["deckies", "deltas"], error.Errors.Select(issue => issue.Target));
    }

    [Fact]
    public async Task A_report_that_says_nothing_new_writes_its_sign_of_life_alone()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        var row = await lab.RowAsync(HostA, "web");
        lab.Clock.Advance(TimeSpan.FromSeconds(30));
        var commits = ((InMemoryStateStore)lab.Store).Commits;

        await lab.ReportAsync(HostA, Running(Web));

        var host = await lab.HostAsync(HostA);
        Assert.Equal((2, lab.Clock.GetUtcNow()), (host.LastReport, host.LastHeartbeat));
        Assert.Equal(row! with { LastSeen = lab.Clock.GetUtcNow() }, await lab.RowAsync(HostA, "web"));
        Assert.Equal(commits + 1, ((InMemoryStateStore)lab.Store).Commits);
    }

    [Fact]
    public async Task Signs_of_life_of_many_hosts_are_written_together()
    {
        await using var lab = await NewAsync(options: new HostLedgerOptions());
        await lab.AddHostsAsync(HostA, HostB);
        await lab.WantAsync();
        await lab.ReportAsync(HostA);
        await lab.ReportAsync(HostB);
        lab.Clock.Advance(TimeSpan.FromSeconds(30));
        var commits = ((InMemoryStateStore)lab.Store).Commits;

        await lab.ReportAsync(HostA);
        await lab.ReportAsync(HostB);
        Assert.Equal(commits, ((InMemoryStateStore)lab.Store).Commits);
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (await lab.HostAsync(HostB)).LastReport == 2);

        Assert.Equal(2, (await lab.HostAsync(HostA)).LastReport);
        Assert.Equal(commits + 1, ((InMemoryStateStore)lab.Store).Commits);
    }

    [Fact]
    public async Task Signs_of_life_that_wait_are_written_when_the_ledger_is_closed()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync();
        await using (var ledger = lab.NewLedger(new HostLedgerOptions()))
        {
            await ledger.ReceiveAsync(HostA, lab.Report(HostA));
            await ledger.ReceiveAsync(HostA, lab.Report(HostA));
        }

        Assert.Equal(2, (await lab.HostAsync(HostA)).LastReport);
    }

    [Fact]
    public async Task The_first_report_and_the_one_after_a_silence_make_a_host_active()
    {
        await using var lab = await NewAsync();
        await lab.Store.CommitAsync([new StateChange.PutHost(lab.Host(HostA) with { Status = FleetHostStatus.Enrolled, LastHeartbeat = null })], lab.Clock.GetUtcNow());
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        lab.Clock.Advance(TimeSpan.FromSeconds(91));
        await lab.Watch.LookAsync();
        var silent = await lab.RowAsync(HostA, "web");
        var after = await lab.Events.GetLastSequenceAsync();

        await lab.ReportAsync(HostA, Running(Web));

        Assert.Equal(DeckyState.Degraded, silent!.State);
        Assert.Equal(FleetHostStatus.Active, (await lab.HostAsync(HostA)).Status);
        Assert.Equal((DeckyState.Running, null), ((await lab.RowAsync(HostA, "web"))!.State, (await lab.RowAsync(HostA, "web"))!.Reason));
        Assert.Equal(["host.host-a.state active", "decky.host-a:web.state state_changed"], await lab.EventsAsync(after));
        Assert.StartsWith("host.host-a.state active", (await lab.EventsAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_of_one_host_at_once_are_taken_in_one_after_the_other()
    {
        await using var lab = await NewAsync(StoreKind.Sqlite);
        await lab.AddHostsAsync(HostA, HostB);
        await lab.WantAsync(Web, On(HostB, "mail"));
        var reports = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? lab.Report(HostA, Running(Web)) : lab.Report(HostB, Running(On(HostB, "mail")))).ToArray();

        await Task.WhenAll(reports.Select(report => Task.Run(() => lab.Ledger.ReceiveAsync(report.HostId, report))));

        Assert.Equal(2, (await lab.EventsAsync()).Length);
        Assert.All(await lab.Store.ListHostsAsync(), host => Assert.Equal(10, host.LastReport));
    }

    [Fact]
    public async Task A_host_that_has_destroyed_itself_leaves_with_everything()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        await lab.WantAsync(Web, On(HostB, "mail"));
        await lab.ReportAsync(HostA, Running(Web));
        var operation = await lab.BeginAsync(HostA, "web");
        var after = await lab.Events.GetLastSequenceAsync();

        await lab.Ledger.FarewellAsync(HostA, Farewell(true));

        Assert.Null(await lab.Store.FindHostAsync(HostA));
        Assert.Empty(await lab.Store.ListDeckiesAsync());
        Assert.Equal(["mail"], (await lab.FleetAsync()).Deckies.Select(decky => decky.Name.Value));
        Assert.Equal([HostA], lab.Certificates.Revoked);
        Assert.Equal(OperationStatus.Failed, (await lab.OperationAsync(operation.Id)).Status);
        Assert.Equal(
            ["host.host-a.farewell True", "decky.web.lifecycle failed", "decky.host-a:web.state deleted", "host.host-a.state removed"],
            await lab.EventsAsync(after));
        await Assert.ThrowsAsync<UnknownHostException>(() => lab.Ledger.FarewellAsync(HostA, Farewell(true)));
    }

    [Fact]
    public async Task A_host_that_failed_to_destroy_itself_stays_and_says_so()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);

        await lab.Ledger.FarewellAsync(HostA, Farewell(false));

        Assert.NotNull(await lab.Store.FindHostAsync(HostA));
        Assert.Empty(lab.Certificates.Revoked);
        Assert.Equal(["host.host-a.farewell False"], await lab.EventsAsync());
        await Assert.ThrowsAsync<FleetValidationException>(() => lab.Ledger.FarewellAsync(HostB, Farewell(false)));
    }

    static HostFarewell Farewell(bool succeeded) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = HostA,
        OperationId = new Guid(9, 0, 0, new byte[8]),
        Succeeded = succeeded,
        Removed = ["/opt/decnet"],
        Failed = succeeded ? [] : ["/var/lib/decnet: busy"],
    };
}
