namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

public sealed partial class FleetService
{
    static readonly TimeSpan WaitInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until operations have ended, by whoever works on them: other hosts end theirs themselves.</summary>
    /// <param name="ids">The operations. Such as are not recorded count as ended.</param>
    /// <param name="progress">Told of each operation that has moved; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait, and leaves the operations to those who work on them.</param>
    /// <returns>The operations as they have ended, in the order of their identities as given.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<Operation>> WaitAsync(
        IReadOnlyCollection<Guid> ids, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var known = new Dictionary<Guid, Operation>();
        var open = ids.ToHashSet();
        while (true)
        {
            var found = await store.ListOperationsAsync(new OperationQuery { Ids = open, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
            open = [.. found.Where(operation => operation.IsOpen).Select(operation => operation.Id)];
            foreach (var operation in found.Where(operation => known.GetValueOrDefault(operation.Id) != operation))
            {
                known[operation.Id] = operation;
                progress?.Report(new DeployProgress(operation, ids.Count - open.Count, ids.Count));
            }

            if (open.Count == 0)
            {
                return [.. ids.Where(known.ContainsKey).Select(id => known[id])];
            }

            await Task.Delay(WaitInterval, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
