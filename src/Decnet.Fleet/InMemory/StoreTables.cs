namespace Decnet.Fleet.InMemory;

using System.Collections.Immutable;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Everything that an in-memory store holds at one point in time. It is immutable, so a reader works on one state without
/// a lock while a transaction prepares the next one, and a transaction that fails leaves nothing behind.
/// </summary>
internal sealed record StoreTables
{
    internal static readonly StoreTables Empty = new();

    internal ImmutableSortedDictionary<(HostId Host, DeckyName Name), DeckyRow> Deckies { get; init; } =
        ImmutableSortedDictionary<(HostId, DeckyName), DeckyRow>.Empty;

    internal ImmutableDictionary<Guid, StoredOperation> Operations { get; init; } = ImmutableDictionary<Guid, StoredOperation>.Empty;

    /// <summary>The operation that has not ended, by decky: at most one.</summary>
    internal ImmutableSortedDictionary<(HostId Host, DeckyName Name), Guid> Open { get; init; } =
        ImmutableSortedDictionary<(HostId, DeckyName), Guid>.Empty;

    /// <summary>Orders to leave alone, by host and decky; the empty name stands for the whole host, and sorts first.</summary>
    internal ImmutableSortedDictionary<(HostId Host, string Decky), Suspension> Suspensions { get; init; } =
        ImmutableSortedDictionary<(HostId, string), Suspension>.Empty;

    internal ImmutableDictionary<(HostId Host, string Name), Worker> Workers { get; init; } =
        ImmutableDictionary<(HostId, string), Worker>.Empty;

    internal ImmutableDictionary<HostId, FleetHost> Hosts { get; init; } = ImmutableDictionary<HostId, FleetHost>.Empty;

    /// <summary>Invitations by the hash of their token.</summary>
    internal ImmutableDictionary<string, Enrolment> Enrolments { get; init; } = ImmutableDictionary<string, Enrolment>.Empty;

    internal ImmutableDictionary<string, long> Counters { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The events that are kept; their sequence numbers end with <see cref="LastSequence"/>.</summary>
    internal ImmutableList<DecnetEvent> Events { get; init; } = [];

    internal long LastSequence { get; init; }

    internal long LastOperationNumber { get; init; }

    internal long HighestRemovedRevision { get; init; }

    internal RecordedState Of(HostId host) => new()
    {
        HostId = host,
        Rows = [.. Deckies.Where(entry => entry.Key.Host == host).Select(entry => entry.Value)],
        OpenOperations = [.. Open.Where(entry => entry.Key.Host == host).Select(entry => Operations[entry.Value].Operation)],
        Suspensions = [.. Suspensions.Where(entry => entry.Key.Host == host).Select(entry => entry.Value)],
    };

    /// <summary>Rows with the time at which their containers were really last seen; a converged pass writes only its worker, and a report that says nothing new only its host.</summary>
    internal IReadOnlyList<DeckyRow> ListDeckies(HostId? host)
    {
        var observed = Workers.Values.Select(worker => (worker.HostId, worker.LastObserved))
            .Concat(Hosts.Values.Select(reporting => (reporting.HostId, reporting.LastObserved)))
            .GroupBy(looked => looked.HostId)
            .ToDictionary(group => group.Key, group => group.Max(looked => looked.LastObserved));
        return
        [
            .. Deckies.Values
                .Where(row => host is null || row.HostId == host)
                .Select(row => SeenUntil(row, observed.GetValueOrDefault(row.HostId))),
        ];
    }

    internal IReadOnlyList<Operation> ListOperations(OperationQuery query)
    {
        var found = query.Ids is null
            ? Operations.Values
            : query.Ids.Distinct().Select(id => Operations.GetValueOrDefault(id)).OfType<StoredOperation>();
        return
        [
            .. found
                .Where(stored => Fits(stored.Operation, query))
                .OrderByDescending(stored => stored.Operation.CreatedAt)
                .ThenByDescending(stored => stored.Number)
                .Take(query.Limit)
                .Select(stored => stored.Operation),
        ];
    }

    static bool Fits(Operation operation, OperationQuery query) =>
        (query.HostId is null || operation.HostId == query.HostId)
        && (query.DeckyName is null || operation.DeckyName == query.DeckyName)
        && (query.Status is null || operation.Status == query.Status);

    static DeckyRow SeenUntil(DeckyRow row, DateTimeOffset? observed) =>
        row.State is DeckyState.Running or DeckyState.Degraded or DeckyState.Failed
        && observed is not null
        && (row.LastSeen is null || row.LastSeen < observed)
            ? row with { LastSeen = observed }
            : row;
}
