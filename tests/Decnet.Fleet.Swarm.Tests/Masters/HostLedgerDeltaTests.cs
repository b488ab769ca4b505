namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;
using Xunit;
using static MasterLab;

/// <summary>What reports make of operations.</summary>
public sealed class HostLedgerDeltaTests
{
    static readonly Decky Web = On(HostA, "web");

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task A_delta_ends_its_operation_and_judges_the_row_in_one_transaction(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        var operation = await lab.BeginAsync(HostA, "web");
        var before = await lab.Events.GetLastSequenceAsync();
        await lab.ReportAsync(HostA, Running(Web) with { State = DeckyState.Degraded });

        var during = await lab.RowAsync(HostA, "web");
        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA, Running(Web)) with { Deltas = [Delta(operation)] });

        Assert.Null(during);
        Assert.Equal(OperationStatus.Succeeded, (await lab.OperationAsync(operation.Id)).Status);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
        Assert.Equal(["decky.web.lifecycle succeeded", "decky.host-a:web.state inserted"], await lab.EventsAsync(before));
    }

    [Fact]
    public async Task Repeated_deltas_change_nothing()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var operation = await lab.BeginAsync(HostA, "web");
        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Deltas = [Delta(operation, OperationStatus.Failed, "no room")] });
        var events = await lab.Events.GetLastSequenceAsync();
        var ended = await lab.OperationAsync(operation.Id);
        lab.Clock.Advance(TimeSpan.FromSeconds(1));

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Deltas = [Delta(operation), Delta(operation, OperationStatus.Running)] });

        Assert.Equal(ended, await lab.OperationAsync(operation.Id));
        Assert.Equal((OperationStatus.Failed, "no room"), (ended.Status, ended.Error));
        Assert.Equal(events, await lab.Events.GetLastSequenceAsync());
    }

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Services_that_have_changed_are_told_of_once_with_the_end_of_their_operation(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        var changed = Web with { Services = ["ftp"] };
        await lab.WantAsync(changed);
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate, trigger: MutationTrigger.Scheduled);
        var before = await lab.Events.GetLastSequenceAsync();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await lab.Ledger.ReceiveAsync(
                HostA,
                lab.Report(HostA, Running(changed)) with { Deltas = [Delta(operation, OperationStatus.Running), Delta(operation, services: "ftp") with { Sequence = 2 }] });
        }

        Assert.Equal(
            ["decky.web.lifecycle succeeded", "decky.web.mutation scheduled", "decky.host-a:web.state config_changed"],
            await lab.EventsAsync(before));
        var payload = (await lab.Events.ReadAsync(before, TopicPattern.Parse("decky.*.mutation"))).Events.Single().ParsePayload();
        Assert.Equal(
            "host-a web web [\"ssh\",\"http\"] [\"ftp\"]",
            string.Join(' ', new[] { "host_uuid", "name", "decky", "old_services", "new_services" }.Select(key => payload.GetProperty(key).ToString())));
    }

    [Fact]
    public async Task Services_that_did_not_change_are_not_told_of()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var failed = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);
        var swept = await lab.BeginAsync(HostA, "mail", OperationKind.Mutate);
        await lab.Store.CommitAsync([new StateChange.AdvanceOperation(swept.Id, OperationStatus.Failed, "too late")], lab.Clock.GetUtcNow());

        await lab.Ledger.ReceiveAsync(
            HostA, lab.Report(HostA) with { Deltas = [Delta(failed, OperationStatus.Failed, "no room"), Delta(swept, services: "ftp") with { Sequence = 2 }] });

        Assert.DoesNotContain(await lab.EventsAsync(), told => told.Contains(".mutation ", StringComparison.Ordinal));
    }

    [Fact, Trait("Weakness", "L-3.7")]
    public async Task A_delta_for_another_hosts_operation_changes_nothing()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        var operation = await lab.BeginAsync(HostB, "web");

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Deltas = [Delta(operation)] });

        Assert.Equal(operation, await lab.OperationAsync(operation.Id));
    }

    [Theory]
    [InlineData("mail", OperationKind.Deploy)]
    [InlineData("web", OperationKind.Teardown)]
    public async Task A_delta_that_speaks_of_another_decky_or_kind_changes_nothing(string decky, OperationKind kind)
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var operation = await lab.BeginAsync(HostA, "web");

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Deltas = [Delta(operation) with { Name = DeckyName.Parse(decky), Kind = kind }] });

        Assert.Equal(OperationStatus.Running, (await lab.OperationAsync(operation.Id)).Status);
    }

    [Fact]
    public async Task Deltas_of_a_late_report_still_count()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var operation = await lab.BeginAsync(HostA, "web");
        var late = lab.Report(HostA) with { Deltas = [Delta(operation)] };
        await lab.ReportAsync(HostA);

        await lab.Ledger.ReceiveAsync(HostA, late);

        Assert.Equal(OperationStatus.Succeeded, (await lab.OperationAsync(operation.Id)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_teardown_that_succeeded_removes_the_row(bool late)
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        await lab.WantAsync();
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Teardown);
        var report = lab.Report(HostA) with { Deltas = [Delta(operation)] };
        if (late)
        {
            await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { OpenOperations = [operation.Id] });
        }

        await lab.Ledger.ReceiveAsync(HostA, report);

        Assert.Null(await lab.RowAsync(HostA, "web"));
        Assert.Equal(OperationStatus.Succeeded, (await lab.OperationAsync(operation.Id)).Status);
    }

    [Fact]
    public async Task An_operation_that_the_host_works_on_was_accepted()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var operation = await lab.BeginAsync(HostA, "web", status: OperationStatus.Pending);

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { OpenOperations = [operation.Id] });

        Assert.Equal(OperationStatus.Running, (await lab.OperationAsync(operation.Id)).Status);
    }

    [Fact]
    public async Task A_mutation_that_failed_gives_the_fleet_file_the_reported_services_back()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web with { Services = ["smtp"] }, On(HostA, "mail"));
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);
        var failed = Delta(operation, OperationStatus.Failed, "smtp exited", [.. Web.Services]);

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA, Running(Web), Running(On(HostA, "mail"))) with { Deltas = [failed] });

        Assert.Equal(Web.Services, (await lab.FleetAsync()).Find(Web.Name)!.Services);
        Assert.Equal((DeckyState.Running, null), ((await lab.RowAsync(HostA, "web"))!.State, (await lab.RowAsync(HostA, "web"))!.Reason));
        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "mail"))!.State);
    }

    [Fact]
    public async Task A_mutation_that_had_ended_before_gives_nothing_back()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web with { Services = ["smtp"] });
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);
        await lab.Store.CommitAsync([new StateChange.AdvanceOperation(operation.Id, OperationStatus.Failed, "late")], lab.Clock.GetUtcNow());

        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Deltas = [Delta(operation, OperationStatus.Failed, "smtp exited", [.. Web.Services])] });

        Assert.Equal(["smtp"], (await lab.FleetAsync()).Find(Web.Name)!.Services);
    }

    [Fact]
    public async Task Services_that_cannot_be_given_back_now_are_told_again()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web with { Services = ["smtp"] });
        var operation = await lab.BeginAsync(HostA, "web", OperationKind.Mutate);
        var failed = Delta(operation, OperationStatus.Failed, "smtp exited", [.. Web.Services]);
        lab.FailNextCommit();

        await Assert.ThrowsAsync<StateStoreException>(() => lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA, Running(Web)) with { Deltas = [failed] }));
        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA, Running(Web)) with { Deltas = [failed] });

        Assert.Equal(OperationStatus.Failed, (await lab.OperationAsync(operation.Id)).Status);
        Assert.Equal(Web.Services, (await lab.FleetAsync()).Find(Web.Name)!.Services);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
    }

    [Theory]
    [InlineData(OperationStatus.Running)]
    [InlineData(OperationStatus.Pending)]
    public async Task An_operation_that_reports_leave_out_for_a_minute_is_ended(OperationStatus status)
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var operation = await lab.BeginAsync(HostA, "web", status: status);
        await lab.ReportAsync(HostA);
        lab.Clock.Advance(TimeSpan.FromSeconds(59));
        await lab.ReportAsync(HostA);
        var before = await lab.OperationAsync(operation.Id);
        lab.Clock.Advance(TimeSpan.FromSeconds(1));

        await lab.ReportAsync(HostA);

        var after = await lab.OperationAsync(operation.Id);
        Assert.Equal(status, before.Status);
        Assert.Equal((OperationStatus.Failed, "The host host-a has no record of it. Ask for it again."), (after.Status, after.Error));
    }

    [Fact]
    public async Task An_operation_that_somebody_is_handing_over_is_left_to_them()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        var operation = await lab.BeginAsync(HostA, "web", status: OperationStatus.Pending);
        await using (await lab.Work.AcquireAsync("deploying", TimeSpan.Zero))
        {
            for (var i = 0; i < 3; i++)
            {
                await lab.ReportAsync(HostA);
                lab.Clock.Advance(TimeSpan.FromSeconds(60));
            }
        }

        await lab.ReportAsync(HostA);
        Assert.Equal(OperationStatus.Pending, (await lab.OperationAsync(operation.Id)).Status);
        lab.Clock.Advance(TimeSpan.FromSeconds(60));
        await lab.ReportAsync(HostA);

        Assert.Equal(OperationStatus.Failed, (await lab.OperationAsync(operation.Id)).Status);
    }

    [Fact]
    public async Task A_mutation_that_its_host_never_heard_of_is_taken_back()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web with { Services = ["smtp"] });
        await lab.BeginAsync(HostA, "web", OperationKind.Mutate, OperationStatus.Pending);
        await lab.ReportAsync(HostA, Running(Web));
        lab.Clock.Advance(TimeSpan.FromMinutes(2));

        await lab.ReportAsync(HostA, Running(Web));

        Assert.Equal(Web.Services, (await lab.FleetAsync()).Find(Web.Name)!.Services);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync(HostA, "web"))!.State);
    }
}
