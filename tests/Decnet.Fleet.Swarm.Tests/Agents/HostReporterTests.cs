namespace Decnet.Fleet.Swarm.Tests.Agents;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;
using Xunit;

public sealed class HostReporterTests
{
    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task A_report_tells_of_deckies_and_of_what_has_become_of_operations(StoreKind kind)
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var order = AgentLab.Order("web-01");
        await lab.DeployAsync(order);

        var report = (await lab.Reporter.PrepareAsync()).Report;

        Assert.Equal(("1", "h1", "1.2.3", 7L, 1L), (report.Version, report.HostId.Value, report.AgentVersion, report.TrustVersion, report.Number));
        var decky = Assert.Single(report.Deckies);
        Assert.Equal(("web-01", DeckyState.Running, "198.19.7.3", DeckyDigest.Of(order.Decky)), (decky.Name.Value, decky.State, decky.Address.ToString(), decky.Digest));
        Assert.Empty(report.OpenOperations);
        Assert.Equal([OperationStatus.Running, OperationStatus.Succeeded], report.Deltas.Select(delta => delta.Status));
        Assert.All(report.Deltas, delta => Assert.Equal((order.OperationId, "web-01", OperationKind.Deploy), (delta.OperationId, delta.Name.Value, delta.Kind)));
        var end = report.Deltas[^1];
        Assert.Equal((await lab.OperationsAsync(order.OperationId))[0].CompletedAt, end.CompletedAt);
        Assert.Equal(("198.19.7.3", "ssh, http"), (end.Address!.ToString(), end.Services!.ToString()));
        Assert.Null(report.Deltas[0].CompletedAt);
    }

    [Fact]
    public async Task Deltas_are_told_again_until_they_are_acknowledged_and_then_never()
    {
        await using var lab = await AgentLab.OpenAsync(StoreKind.Sqlite);
        await lab.DeployAsync(AgentLab.Order("web-01"));

        var lost = await lab.Reporter.PrepareAsync();
        var sent = await lab.Reporter.PrepareAsync();
        Assert.Equal(lost.Report.Deltas, sent.Report.Deltas);
        await lab.Reporter.AcknowledgeAsync(sent);
        Assert.Empty((await lab.Reporter.PrepareAsync()).Report.Deltas);
        await lab.Agent.TeardownAsync(AgentLab.Teardown("web-01"));
        await lab.EndAsync((await lab.OperationsAsync()).Select(operation => operation.Id));

        var next = (await lab.Reporter.PrepareAsync()).Report;

        Assert.All(next.Deltas, delta => Assert.Equal(OperationKind.Teardown, delta.Kind));
        Assert.Equal((OperationStatus.Succeeded, null, null), (next.Deltas[^1].Status, next.Deltas[^1].Address, next.Deltas[^1].Services));
        Assert.True(next.Deltas[0].Sequence > sent.Report.Deltas[^1].Sequence);
        Assert.Empty(next.Deckies);
    }

    [Fact]
    public async Task A_crash_between_sending_and_acknowledging_repeats_deltas_and_loses_none()
    {
        var lab = await AgentLab.OpenAsync(StoreKind.Sqlite);
        await lab.DeployAsync(AgentLab.Order("web-01"));
        var sent = await lab.Reporter.PrepareAsync();

        await using var again = await lab.RestartAsync();
        var repeated = await again.Reporter.PrepareAsync();

        Assert.Equal(sent.Report.Deltas, repeated.Report.Deltas);
        Assert.Equal(sent.Report.Number + 1, repeated.Report.Number);
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task Work_that_a_crash_broke_off_is_told_as_failed()
    {
        var lab = await AgentLab.OpenAsync(StoreKind.Sqlite, new AgentLabOptions { Held = true });
        var order = AgentLab.Order("web-01");
        await lab.Agent.DeployAsync(AgentLab.Deploy(order));

        await using var again = await lab.RestartAsync();
        Assert.Equal([order.OperationId], (await again.Reporter.PrepareAsync()).Report.OpenOperations);
        await new OperationSweeper(again.Store, again.Lock, AgentLab.Host).SweepAsync();
        var report = (await again.Reporter.PrepareAsync()).Report;

        Assert.Empty(report.OpenOperations);
        var delta = Assert.Single(report.Deltas);
        Assert.Equal((order.OperationId, OperationStatus.Failed), (delta.OperationId, delta.Status));
        Assert.Contains("ended before it was finished", delta.Error);
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task A_row_whose_configuration_cannot_be_read_does_not_keep_a_host_from_reporting()
    {
        await using var lab = await AgentLab.OpenAsync();
        var row = new DeckyRow
        {
            HostId = AgentLab.Host,
            Name = DeckyName.Parse("old"),
            IPAddress = System.Net.IPAddress.Parse("198.19.7.9"),
            Services = ["ssh"],
            ConfigJson = "{}",
            ConfigHash = "",
            State = DeckyState.Failed,
            Reason = new string('x', 5000),
            UpdatedAt = Sample.Now,
        };
        await lab.Store.CommitAsync([new StateChange.InsertDecky(row)], lab.Options.Clock.GetUtcNow());

        var decky = Assert.Single((await lab.Reporter.PrepareAsync()).Report.Deckies);

        Assert.Equal((new string('0', 64), Operation.MaxErrorLength), (decky.Digest, decky.Reason!.Length));
    }

    [Fact]
    public async Task Numbers_grow_by_one_also_when_two_report_at_once()
    {
        await using var lab = await AgentLab.OpenAsync(StoreKind.Sqlite);

        var reports = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => lab.Reporter.PrepareAsync())));

        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), reports.Select(report => report.Report.Number).Order());
    }

    [Fact]
    public async Task An_operation_that_is_under_way_is_listed_and_not_told_as_pending()
    {
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Held = true });
        var order = AgentLab.Order("web-01");
        await lab.Agent.DeployAsync(AgentLab.Deploy(order));

        var report = (await lab.Reporter.PrepareAsync()).Report;

        Assert.Equal([order.OperationId], report.OpenOperations);
        Assert.Empty(report.Deltas);
        Assert.Equal(DeckyState.Pending, Assert.Single(report.Deckies).State);
    }

    [Fact]
    public async Task What_does_not_fit_into_one_report_follows_and_counts_as_open_until_then()
    {
        await using var lab = await AgentLab.OpenAsync();
        var operations = await RecordAsync(lab, SwarmProtocol.MaxDeltas + 5, error: null);

        var first = await lab.Reporter.PrepareAsync();
        Assert.Equal((SwarmProtocol.MaxDeltas, true), (first.Report.Deltas.Count, first.HasMore));
        Assert.Equal(operations[^5..], first.Report.OpenOperations);
        await lab.Reporter.AcknowledgeAsync(first);
        var second = await lab.Reporter.PrepareAsync();

        Assert.Equal((5, false), (second.Report.Deltas.Count, second.HasMore));
        Assert.Equal(operations, first.Report.Deltas.Concat(second.Report.Deltas).Select(delta => delta.OperationId));
        Assert.Empty(second.Report.OpenOperations);
    }

    [Fact]
    public async Task Long_errors_never_make_a_report_larger_than_a_master_reads()
    {
        await using var lab = await AgentLab.OpenAsync();
        var operations = await RecordAsync(lab, 900, new string('ä', Operation.MaxErrorLength));
        var told = new List<Guid>();
        var more = true;
        while (more)
        {
            var report = await lab.Reporter.PrepareAsync();
            Assert.True(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(report.Report, SwarmJsonContext.Default.HostReport).Length < SwarmProtocol.MaxReportBytes);
            Assert.NotEmpty(report.Report.Deltas);
            told.AddRange(report.Report.Deltas.Select(delta => delta.OperationId));
            await lab.Reporter.AcknowledgeAsync(report);
            more = report.HasMore;
        }

        Assert.Equal(operations, told);
    }

    [Fact]
    public async Task An_event_of_another_host_or_of_somebody_else_is_not_told()
    {
        await using var lab = await AgentLab.OpenAsync();
        var foreign = OperationEvent.Draft(Sample.Operation("web-01"));
        var odd = foreign with { Payload = "{\"host_uuid\":\"h1\"}" };
        await lab.Store.CommitAsync([new StateChange.Announce { Events = [foreign, odd, foreign with { Type = "other" }] }], lab.Options.Clock.GetUtcNow());

        Assert.Empty((await lab.Reporter.PrepareAsync()).Report.Deltas);
    }

    [Fact]
    public async Task A_quiet_host_moves_its_position_on_only_now_and_then()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.Reporter.AcknowledgeAsync(await lab.Reporter.PrepareAsync());
        Assert.Equal(0, await lab.Store.ReadCounterAsync(DurableCounter.Outbox));
        var beats = Enumerable.Repeat(new EventDraft(Topic.WorkerHealth("agent"), "health", "{}"), 1200);
        await lab.Store.CommitAsync([new StateChange.Announce { Events = [.. beats] }], lab.Options.Clock.GetUtcNow());

        await lab.Reporter.AcknowledgeAsync(await lab.Reporter.PrepareAsync());

        Assert.Equal(1200, await lab.Store.ReadCounterAsync(DurableCounter.Outbox));
    }

    [Fact]
    public async Task What_keeps_a_host_from_knowing_is_told()
    {
        await using var lab = await AgentLab.OpenAsync();
        lab.Options.Problem = "The engine does not answer.";

        Assert.Equal("The engine does not answer.", (await lab.Reporter.PrepareAsync()).Report.Problem);
    }

    [Fact]
    public async Task A_failed_change_of_services_tells_the_services_that_the_decky_has_again()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.DeployAsync(AgentLab.Order("web-01"));
        await lab.Reporter.AcknowledgeAsync(await lab.Reporter.PrepareAsync());
        lab.Runtime.FailNext(Decnet.Fleet.Containers.RuntimeError.Invalid, 1, Decnet.Fleet.InMemory.RuntimeVerb.CreateContainer);
        var command = AgentLab.Mutate("web-01", "telnet");
        await lab.Agent.MutateAsync(command);
        await lab.EndAsync([command.Orders[0].OperationId]);

        var end = (await lab.Reporter.PrepareAsync()).Report.Deltas[^1];

        Assert.Equal((OperationStatus.Failed, "ssh, http"), (end.Status, end.Services!.ToString()));
        Assert.NotNull(end.Error);
    }

    /// <summary>Records operations that have failed, or begun.</summary>
    static async Task<Guid[]> RecordAsync(AgentLab lab, int count, string? error)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
        var status = error is null ? OperationStatus.Running : OperationStatus.Failed;
        var events = ids.Select(id => OperationEvent.Draft(Sample.Operation("web-01") with { Id = id, HostId = AgentLab.Host, Status = status, Error = error }));
        await lab.Store.CommitAsync([new StateChange.Announce { Events = [.. events] }], lab.Options.Clock.GetUtcNow());
        return ids;
    }
}
