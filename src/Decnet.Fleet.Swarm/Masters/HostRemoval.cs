namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>
/// Takes a host out of the fleet: first nobody believes it any more, then nobody wants anything of it, then nothing is left of it. Done again
/// after an interruption, it goes on from there.
/// </summary>
internal sealed class HostRemoval(IStateStore store, IFleetFile file, IHostCertificates certificates, TimeProvider clock, ILogger logger)
{
    /// <summary>Removes it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="reason">Why, as part of a sentence.</param>
    /// <param name="told">What else to tell in the same transaction; null for nothing.</param>
    /// <param name="cancellationToken">Ends the waits; the store is changed as a whole or not at all.</param>
    internal async Task RunAsync(FleetHost host, string reason, StateChange? told, CancellationToken cancellationToken)
    {
        await certificates.RevokeAsync(host.HostId, cancellationToken).ConfigureAwait(false);
        await file.UpdateAsync(
            state => state is DesiredState.Known { Fleet: var fleet } && fleet.Deckies.Any(decky => decky.HostId == host.HostId)
                ? fleet with { Deckies = [.. fleet.Deckies.Where(decky => decky.HostId != host.HostId)] }
                : null,
            cancellationToken).ConfigureAwait(false);
        var recorded = await store.ReadAsync(host.HostId, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        Operation[] ended = [.. recorded.OpenOperations.Select(operation => Ended(operation, $"The host {host.Name} was removed from the fleet: {reason}.", now))];
        StateChange[] changes =
        [
            .. told is null ? [] : new[] { told },
            .. ended.Select(operation => new StateChange.AdvanceOperation(operation.Id, operation.Status, operation.Error) { Events = [OperationEvent.Draft(operation)] }),
            .. recorded.Rows.Select(DeckyRemoval.Of),
            new StateChange.RemoveHost(host.HostId) { Events = [HostEvent.Draft(host, "removed", null, reason)] },
        ];
        var commit = await store.CommitAsync(changes, now, CancellationToken.None).ConfigureAwait(false);
        if (commit.Applied[^1])
        {
            Array.ForEach(ended, OpenOperations.Count);
            MastersLog.Removed(logger, host.Name, recorded.Rows.Count, ended.Length);
        }
    }

    static Operation Ended(Operation operation, string error, DateTimeOffset now) => operation with
    {
        Status = OperationStatus.Failed,
        Error = Operation.CutError(error),
        UpdatedAt = now,
        CompletedAt = now,
    };
}
