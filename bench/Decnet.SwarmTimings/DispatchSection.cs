namespace Decnet.SwarmTimings;

using System.Diagnostics;
using System.Globalization;
using Decnet.EngineTimings;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;

/// <summary>What handing a deployment of 20,000 deckies over takes beside the fleet and its operations, which are there anyway.</summary>
internal sealed class DispatchSection(Report report)
{
    const string Section = "dispatch";

    internal async Task RunAsync()
    {
        await MeasureAsync(hosts: 1000, deckies: 20, parallelism: 8);
        await MeasureAsync(hosts: 20, deckies: 1000, parallelism: 8);
        await MeasureAsync(hosts: 20, deckies: 1000, parallelism: 1);
    }

    async Task MeasureAsync(int hosts, int deckies, int parallelism)
    {
        await using var lab = await SwarmLab.NewAsync(hosts, deckies);
        var now = TimeProvider.System.GetUtcNow();
        OperationItem[] items = [.. lab.Hosts.Fleet.Deckies.Select((decky, i) => new OperationItem(Operation(decky, i, now), decky))];
        StateChange[] adds = [.. items.Select(item => new StateChange.AddOperation(item.Operation))];
        await lab.Store.CommitAsync(adds, now);
        var journal = new OperationJournal(lab.Store, TimeProvider.System, [.. items.Select(item => item.Operation)], null);
        var agents = new WeighingAgents();
        var strategy = SwarmStrategies.Create(lab.Store, agents, new SwarmOptions { Parallelism = parallelism }).Deploy[0];
        agents.Baseline = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        await strategy.DeployAsync(new OperationBatch { Fleet = lab.Hosts.Fleet, Items = items, Journal = journal }, CancellationToken.None);
        var running = journal.Operations.Count(operation => operation.Status == OperationStatus.Running);
        GC.KeepAlive(adds);
        var name = string.Create(CultureInfo.InvariantCulture, $"{hosts} hosts × {deckies} deckies, {parallelism} at a time");
        report.Must(Section, $"{name}: operations that run then", string.Create(CultureInfo.InvariantCulture, $"{running}"), "20000", running == items.Length);
        var bound = (agents.LargestBody * 3L * parallelism) + (items.Length * 400L) + (1 << 20);
        report.Must(
            Section,
            $"{name}: most live managed bytes above the start; a request has {KiB(agents.LargestBody)}",
            KiB(agents.Peak),
            $"≤ {KiB(bound)} (3 requests × {parallelism}, 400 B an operation, 1 MiB)",
            agents.Peak <= bound);
        report.Add(Section, $"{name}: time", Report.Number(watch.Elapsed.TotalSeconds, "0.0") + " s");
    }

    static string KiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:#,0} KiB");

    static Operation Operation(Decky decky, int number, DateTimeOffset now) => new()
    {
        Id = new Guid(number + 1, 0, 0, new byte[8]),
        HostId = decky.HostId!.Value,
        DeckyName = decky.Name,
        Kind = OperationKind.Deploy,
        CreatedAt = now,
        UpdatedAt = now,
        Deadline = now.AddMinutes(30),
    };
}
