namespace Decnet.Fleet.Swarm.Tests.Masters;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;
using Xunit;
using static MasterLab;

/// <summary>What reports make of rows.</summary>
public sealed class HostLedgerRowTests
{
    static readonly Decky Web = On(HostA, "web");

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task What_is_wanted_and_reported_gets_a_row_with_the_address_of_its_host(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);

        await lab.ReportAsync(HostA, Running(Web));

        var row = await lab.RowAsync(HostA, "web");
        Assert.Equal((DeckyState.Running, null, IPAddress.Parse("198.18.77.9")), (row!.State, row.Reason, row.IPAddress));
        Assert.Equal(FleetJson.Write((await lab.FleetAsync()).Deckies[0]), row.ConfigJson);
        Assert.Equal(["decky.host-a:web.state inserted"], await lab.EventsAsync());
        var host = await lab.HostAsync(HostA);
        Assert.Equal((1, "1.2.3", 1), (host.LastReport, host.AgentVersion, host.TrustVersion));
    }

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task A_row_that_reports_leave_as_it_is_was_last_seen_with_the_last_that_could_tell(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        var first = await lab.RowAsync(HostA, "web");
        lab.Clock.Advance(TimeSpan.FromSeconds(30));
        var seen = lab.Clock.GetUtcNow();

        await lab.ReportAsync(HostA, Running(Web));
        lab.Clock.Advance(TimeSpan.FromSeconds(30));
        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Problem = "the engine is down" });

        Assert.Equal(first! with { LastSeen = seen }, await lab.RowAsync(HostA, "web"));
        Assert.Equal(lab.Clock.GetUtcNow(), (await lab.HostAsync(HostA)).LastHeartbeat);
    }

    [Fact]
    public async Task A_row_that_began_as_pending_gets_the_hash_that_deploying_gave_it()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.NewService().DeployAsync(Sample.Fleet(Web));
        var pending = await lab.RowAsync(HostA, "web");
        var operation = Assert.Single((await lab.Store.ReadAsync(HostA)).OpenOperations);

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA, Running(Web)) with { Deltas = [Delta(operation)] });

        var row = await lab.RowAsync(HostA, "web");
        Assert.Equal((DeckyState.Running, pending!.ConfigHash), (row!.State, row.ConfigHash));
        Assert.Equal(DeckyState.Pending, pending.State);
    }

    [Theory]
    [InlineData(DeckyState.Running, DeckyState.Degraded)]
    [InlineData(DeckyState.Failed, DeckyState.Failed)]
    public async Task Another_configuration_than_the_wanted_one_is_told(DeckyState reported, DeckyState expected)
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);

        await lab.ReportAsync(HostA, Running(Web with { Services = ["smtp"] }) with { State = reported, Reason = "tired" });

        var row = await lab.RowAsync(HostA, "web");
        Assert.Equal((expected, $"{RowJudge.OtherConfiguration}; tired", "smtp"), (row!.State, row.Reason, Assert.Single(row.Services)));
    }

    [Fact]
    public async Task What_is_wanted_and_not_reported_is_torn_down()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web, On(HostA, "mail"));
        await lab.ReportAsync(HostA, Running(Web));

        await lab.ReportAsync(HostA);

        Assert.All(await lab.Store.ListDeckiesAsync(HostA), row => Assert.Equal((DeckyState.TornDown, "the host host-a does not have it"), (row.State, row.Reason)));
        Assert.Equal(2, (await lab.Store.ListDeckiesAsync(HostA)).Count);
    }

    [Fact]
    public async Task What_nobody_wants_has_a_row_while_it_is_reported()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync();

        await lab.ReportAsync(HostA, Running(Web));
        var row = await lab.RowAsync(HostA, "web");
        await lab.ReportAsync(HostA);

        Assert.Equal((DeckyState.Running, RowJudge.NotInFleet), (row!.State, row.Reason));
        Assert.Equal(Web.Services, FleetJson.ReadDecky(row.ConfigJson).Services);
        Assert.Null(await lab.RowAsync(HostA, "web"));
        Assert.Equal(["decky.host-a:web.state inserted", "decky.host-a:web.state deleted"], await lab.EventsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_fleet_file_nothing_is_deleted(bool corrupt)
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        if (corrupt)
        {
            await System.IO.File.WriteAllTextAsync(lab.File.Path, "{");
        }
        else
        {
            System.IO.File.Delete(lab.File.Path);
        }

        await lab.ReportAsync(HostA);
        var gone = await lab.RowAsync(HostA, "web");
        Assert.Equal((DeckyState.TornDown, "the host host-a does not have it"), (gone!.State, gone.Reason));
        await lab.ReportAsync(HostA, Running(Web) with { State = DeckyState.Failed, Reason = "down" });

        var row = await lab.RowAsync(HostA, "web");
        Assert.Equal((DeckyState.Failed, "down"), (row!.State, row.Reason));
    }

    [Fact]
    public async Task A_decky_with_an_open_operation_is_left_to_it()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { OpenOperations = [operation.Id] });

        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
    }

    [Fact]
    public async Task An_older_report_says_nothing_of_rows()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        var late = lab.Report(HostA);
        await lab.ReportAsync(HostA, Running(Web));

        await lab.Ledger.ReceiveAsync(HostA, late);
        await using var restarted = lab.NewLedger();
        await restarted.ReceiveAsync(HostA, late);

        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
        Assert.Equal(2, (await lab.HostAsync(HostA)).LastReport);
    }

    [Fact]
    public async Task A_host_that_cannot_tell_loses_no_row_for_what_it_leaves_out()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Problem = "the engine does not answer" });

        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
    }

    [Fact]
    public async Task Other_hosts_and_the_master_itself_keep_their_rows()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        await lab.WantAsync(Web, On(HostB, "mail"), Sample.Decky("own", "198.18.0.5"));
        await lab.ReportAsync(HostB, Running(On(HostB, "mail")));

        await lab.ReportAsync(HostA, Running(Web));
        await lab.ReportAsync(HostA);

        Assert.Equal([("host-a", "web"), ("host-b", "mail")], (await lab.Store.ListDeckiesAsync()).Select(row => (row.HostId.Value, row.Name.Value)));
        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostB, "mail"))!.State);
    }

    [Fact]
    public async Task A_change_of_the_fleet_file_counts_from_the_next_report_on()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        await lab.ReportAsync(HostA, Running(Web));

        await lab.WantAsync(Web with { Services = ["smtp"] });
        await lab.ReportAsync(HostA, Running(Web));

        Assert.Equal(DeckyState.Degraded, (await lab.RowAsync(HostA, "web"))!.State);
    }

    [Fact]
    public async Task A_row_that_somebody_has_changed_is_put_right_by_the_next_report()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        var row = await lab.RowAsync(HostA, "web");

        await lab.Store.CommitAsync(
            [new StateChange.DeleteDecky(HostA, Web.Name, row!.Revision) { Events = [new EventDraft("decky.host-a:web.state", "state", """{"transition":"deleted"}""")] }],
            lab.Clock.GetUtcNow());
        await lab.ReportAsync(HostA, Running(Web));

        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
    }
}
