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
            result = await WaitForHostsAsync(fleet, result, cancellationToken).ConfigureAwait(false);
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

    async Task<FleetWorkResult> WaitForHostsAsync(LocalFleet fleet, FleetWorkResult result, CancellationToken cancellationToken)
    {
        if (!await RemoteWork.IsHeardOfAsync(fleet, cancellationToken).ConfigureAwait(false))
        {
            outlet.Warn(
                "No master takes the reports of hosts, so that nobody hears here how their work ends. Start it: decnetd master. Ctrl-C ends the wait, and not the work.");
        }

        var ended = await RemoteWork.FollowAsync(fleet, result, this, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var open in ended.Operations.Where(operation => operation.IsOpen).Select(Output.Operation.Of))
        {
            outlet.Fail(new Fault(
                "OperationTimeout",
                FaultCategory.OperationTimeout,
                $"The {open.Kind} of '{open.DeckyName}' on the host '{open.HostId}' has not ended by its deadline, as far as is known here. "
                    + $"Test-DecnetHost {open.HostId} tells whether the host answers, and Get-DecnetOperation {open.DeckyName} how it goes on.",
                open.DeckyName));
        }

        return ended;
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
