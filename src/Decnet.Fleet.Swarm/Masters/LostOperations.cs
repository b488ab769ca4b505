namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>
/// Finds operations that are open here while their host knows nothing of them: nobody hands them over any more, and for a while every report
/// has left them out.
/// </summary>
internal sealed class LostOperations(IWorkLock work, TimeSpan grace)
{
    /// <summary>Compares what is open with what a host works on.</summary>
    /// <param name="memory">What is remembered of the host.</param>
    /// <param name="open">Its open operations.</param>
    /// <param name="report">Its newest report.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that are lost.</returns>
    internal async Task<Operation[]> FindAsync(
        HostMemory memory, IReadOnlyCollection<Operation> open, HostReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (report.Deltas.Count >= SwarmProtocol.MaxDeltas)
        {
            // There is more to come, and it may be about them.
            return [];
        }

        var listed = report.OpenOperations.ToHashSet();
        Operation[] left = [.. open.Where(operation => !listed.Contains(operation.Id))];
        if (left.Any(operation => operation.Status == OperationStatus.Pending) && !await NobodyHandsOverAsync(cancellationToken).ConfigureAwait(false))
        {
            left = [.. left.Where(operation => operation.Status != OperationStatus.Pending)];
        }

        var ids = left.Select(operation => operation.Id).ToHashSet();
        foreach (var heardOf in memory.Unlisted.Keys.Where(id => !ids.Contains(id)).ToArray())
        {
            memory.Unlisted.Remove(heardOf);
        }

        foreach (var id in ids)
        {
            memory.Unlisted.TryAdd(id, now);
        }

        return [.. left.Where(operation => now - memory.Unlisted[operation.Id] >= grace)];
    }

    /// <summary>Whether nobody who might still ask the host holds the work lock.</summary>
    async Task<bool> NobodyHandsOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            var held = await work.AcquireAsync("asking who works on the fleet", TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            await held.DisposeAsync().ConfigureAwait(false);
            return true;
        }
        catch (FleetFileException)
        {
            return false;
        }
    }
}
