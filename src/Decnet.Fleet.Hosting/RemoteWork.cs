namespace Decnet.Fleet.Hosting;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary>Work that other hosts have accepted. They end it, and tell the master: <c>decnetd master</c> has to run, to hear of it.</summary>
public static class RemoteWork
{
    /// <summary>The name of the worker that takes the reports of hosts.</summary>
    public const string MasterWorker = "master";

    /// <summary>A master that runs ends operations soon after their deadline. Longer than this after it, nobody is waited for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Tells whether a master takes the reports of hosts here. Without one, nobody hears that work has ended.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when one does.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public static async Task<bool> IsHeardOfAsync(LocalFleet fleet, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var now = fleet.Clock.GetUtcNow();
        var workers = await fleet.Store.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        return workers.Any(worker => worker.Name == MasterWorker && worker.HostId == fleet.HostId && worker.StatusAt(now) == WorkerStatus.Alive);
    }

    /// <summary>Waits until all operations have ended, or nobody can be expected to end them any more.</summary>
    /// <param name="fleet">Where the operations are recorded.</param>
    /// <param name="result">What came of the work so far.</param>
    /// <param name="progress">Told of each change of an operation that is waited for; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait, and leaves the work to the hosts. It is not an error.</param>
    /// <returns>The result with the operations as they are then. Those that are open have not ended in time, as far as is known here.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public static async Task<FleetWorkResult> FollowAsync(
        LocalFleet fleet, FleetWorkResult result, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(result);
        Operation[] open = [.. result.Operations.Where(operation => operation.IsOpen)];
        if (open.Length == 0)
        {
            return result;
        }

        var left = open.Max(operation => operation.Deadline) + Grace - fleet.Clock.GetUtcNow();
        using var over = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, fleet.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var ids = open.Select(operation => operation.Id).ToHashSet();
        try
        {
            await fleet.Service.WaitAsync(ids, progress, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // What is open is told by the operations themselves.
        }

        var query = new OperationQuery { Ids = ids, Limit = int.MaxValue };
        var now = (await fleet.Store.ListOperationsAsync(query, CancellationToken.None).ConfigureAwait(false)).ToDictionary(operation => operation.Id);
        return result with { Operations = [.. result.Operations.Select(operation => now.GetValueOrDefault(operation.Id, operation))] };
    }
}
