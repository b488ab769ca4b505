namespace Decnet.Shell.Operating;

using System.Collections.Concurrent;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Shell.Flow;
using Output = Decnet.Shell.Output;

/// <summary>Puts out how work on a fleet goes: its progress, and each operation when it ends.</summary>
/// <param name="outlet">Takes it.</param>
/// <param name="showOperations">Whether operations are results; those that fail are faults in any case.</param>
internal sealed class WorkReport(IOutlet outlet, bool showOperations = true) : IProgress<DeployProgress>
{
    /// <summary>The worker that takes the reports of hosts: <c>decnetd master</c>.</summary>
    const string MasterWorker = "master";

    static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<Guid, bool> told = new();

    /// <summary>Called for each step of each operation, from several threads.</summary>
    public void Report(DeployProgress value)
    {
        var operation = Output.Operation.Of(value.Operation);
        outlet.Report(new WorkProgress($"{operation.DeckyName}: {operation.Progress ?? operation.Status}", value.Ended, value.Total));
        Tell(value.Operation, operation);
    }

    /// <summary>Follows work to its end, wherever that is: hosts end what they have accepted themselves.</summary>
    /// <param name="fleet">Where the work is recorded.</param>
    /// <param name="work">The work, begun with this as its progress.</param>
    /// <param name="cancellationToken">Ends the wait for hosts, and leaves the work to them.</param>
    /// <returns>What came of it.</returns>
    internal async Task<FleetWorkResult> FollowAsync(LocalFleet fleet, Task<FleetWork> work, CancellationToken cancellationToken)
    {
        var begun = await work.ConfigureAwait(false);
        var result = await begun.Completion.ConfigureAwait(false);
        if (!result.Cancelled && result.Operations.Any(operation => operation.IsOpen))
        {
            var ended = await WaitForHostsAsync(fleet, [.. result.Operations.Where(operation => operation.IsOpen)], cancellationToken).ConfigureAwait(false);
            result = result with { Operations = [.. result.Operations.Select(operation => ended.GetValueOrDefault(operation.Id, operation))] };
        }

        foreach (var operation in result.Operations)
        {
            Tell(operation, Output.Operation.Of(operation));
        }

        // What went wrong for all of them is the error of each, and is told already.
        if (result.Problem is { } problem && !result.Operations.Any(operation => operation.Error == Operation.CutError(problem)))
        {
            outlet.Fail(new Fault("WorkIncomplete", FaultCategory.InvalidResult, problem));
        }

        return result;
    }

    async Task<Dictionary<Guid, Operation>> WaitForHostsAsync(LocalFleet fleet, IReadOnlyList<Operation> open, CancellationToken cancellationToken)
    {
        var now = fleet.Clock.GetUtcNow();
        var workers = await fleet.Store.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        if (!workers.Any(worker => worker.Name == MasterWorker && worker.HostId == fleet.HostId && worker.StatusAt(now) == WorkerStatus.Alive))
        {
            outlet.Warn("No master takes the reports of hosts, so that nobody hears here how their work ends. Start it: decnetd master.");
        }

        // Past its deadline an operation is ended by the master, if there is one.
        var left = open.Max(operation => operation.Deadline) - now + Grace;
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, fleet.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var ended = await fleet.Service.WaitAsync([.. open.Select(operation => operation.Id)], this, either.Token).ConfigureAwait(false);
            return ended.ToDictionary(operation => operation.Id);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            foreach (var shown in open.Where(operation => !told.ContainsKey(operation.Id)).Select(Output.Operation.Of))
            {
                outlet.Fail(new Fault(
                    "OperationTimeout",
                    FaultCategory.OperationTimeout,
                    $"The {shown.Kind} of '{shown.DeckyName}' on the host '{shown.HostId}' has not ended by its deadline, as far as is known here.",
                    shown.DeckyName));
            }

            return [];
        }
    }

    void Tell(Operation operation, Output.Operation shown)
    {
        if (operation.IsOpen || !told.TryAdd(operation.Id, true))
        {
            return;
        }

        if (showOperations)
        {
            outlet.Write(shown);
        }

        if (operation.Status == OperationStatus.Failed)
        {
            outlet.Fail(new Fault(
                "OperationFailed", FaultCategory.InvalidResult, $"The {shown.Kind} of '{shown.DeckyName}' failed: {shown.Error}", shown.DeckyName));
        }
    }
}
