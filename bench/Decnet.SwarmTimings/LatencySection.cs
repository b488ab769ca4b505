namespace Decnet.SwarmTimings;

using System.Globalization;
using Decnet.EngineTimings;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>How long after a report with the end of an operation has arrived the store shows that end, among 1,000 hosts.</summary>
internal sealed class LatencySection(Report report)
{
    const string Section = "latency";
    const int Rounds = 200;

    internal async Task RunAsync()
    {
        await using var lab = await SwarmLab.NewAsync(1000, 20);
        var times = new Sample();
        for (var round = 0; round < Rounds; round++)
        {
            var host = round % 10;
            var operation = await BeginAsync(lab, host, round);
            var news = lab.Hosts.NextReport(host) with { Deltas = [Delta(operation)] };
            await times.TimeAsync(() => lab.Ledger.ReceiveAsync(lab.Hosts.Ids[host], news));
            var ended = await lab.Store.ListOperationsAsync(new OperationQuery { Ids = [operation.Id] });
            if (ended[0].Status != OperationStatus.Succeeded)
            {
                throw new InvalidOperationException("An operation was not ended.");
            }
        }

        report.AtMost(Section, string.Create(CultureInfo.InvariantCulture, $"report taken in → operation ended and row judged in the store, p95 of {Rounds}"), times.Percentile(0.95), 250, " ms", "0.0");
        report.Add(Section, "the same, p50 and max", $"{Report.Number(times.Median, "0.0")} ms, {Report.Number(times.Max, "0.0")} ms");
    }

    static async Task<Operation> BeginAsync(SwarmLab lab, int host, int round)
    {
        var now = TimeProvider.System.GetUtcNow();
        var operation = new Operation
        {
            Id = new Guid(round + 1, 0, 0, new byte[8]),
            HostId = lab.Hosts.Ids[host],
            DeckyName = lab.Hosts.Reported[host][round % 20].Name,
            Kind = OperationKind.Deploy,
            CreatedAt = now,
            UpdatedAt = now,
            Deadline = now.AddMinutes(5),
        };
        await lab.Store.CommitAsync([new StateChange.AddOperation(operation) { Events = [OperationEvent.Draft(operation)] }], now);
        return operation;
    }

    static OperationDelta Delta(Operation operation) => new()
    {
        OperationId = operation.Id,
        Sequence = 1,
        Name = operation.DeckyName,
        Kind = operation.Kind,
        Status = OperationStatus.Succeeded,
    };
}
