namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>
/// The store of rows: deckies, operations, hosts, workers, and the event log's entries. Many readers, one writer at a time;
/// every read is of one point in time. All members may be called from several threads.
/// </summary>
public interface IStateStore : IAsyncDisposable
{
    /// <summary>Tells what the store runs on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The description.</returns>
    Task<StoreDescription> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads all that a pass over one host needs.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Rows, open operations and suspensions of the host.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    Task<RecordedState> ReadAsync(HostId hostId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies changes and logs their events in one transaction: all that apply, or nothing. A change whose condition does
    /// not hold is skipped with its events.
    /// </summary>
    /// <param name="changes">The changes, in order. None does nothing.</param>
    /// <param name="at">The time that rows and events are stamped with.</param>
    /// <param name="cancellationToken">Ends the wait for the writer; a transaction that has begun is completed.</param>
    /// <returns>Which changes were applied, and the sequence numbers of the events.</returns>
    /// <exception cref="StateStoreException">The store cannot be written; nothing was changed.</exception>
    Task<CommitResult> CommitAsync(IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists deckies, ordered by host and name. <see cref="DeckyRow.LastSeen"/> of a decky whose containers were there is
    /// the later of the row's own and the last observation of the host's worker, or the last report of the host that told of its
    /// deckies, since neither a converged pass nor a report that says nothing new writes rows.
    /// </summary>
    /// <param name="hostId">Those of this host; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rows.</returns>
    Task<IReadOnlyList<DeckyRow>> ListDeckiesAsync(HostId? hostId = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the orders to leave deckies of a host alone: that for the whole host first, then by name.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The orders.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    async Task<IReadOnlyList<Suspension>> ListSuspensionsAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        (await ReadAsync(hostId, cancellationToken).ConfigureAwait(false)).Suspensions;

    /// <summary>Lists operations, newest first.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The operations.</returns>
    Task<IReadOnlyList<Operation>> ListOperationsAsync(OperationQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists workers, ordered by host and name.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The workers.</returns>
    Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists hosts, ordered by name.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hosts.</returns>
    Task<IReadOnlyList<FleetHost>> ListHostsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads one host.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host; null when it is not there.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    async Task<FleetHost?> FindHostAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        (await ListHostsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(host => host.HostId == hostId);

    /// <summary>Lists the invitations that were not used, by name; those that have expired too.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The invitations.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    Task<IReadOnlyList<Enrolment>> ListEnrolmentsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a number that only grows.</summary>
    /// <param name="name">The number, such as <see cref="DurableCounter.Outbox"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its value; 0 when it was never raised.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    Task<long> ReadCounterAsync(string name, CancellationToken cancellationToken = default);
}
