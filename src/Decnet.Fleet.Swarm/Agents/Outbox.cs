namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;

/// <summary>The transitions of operations that the master has not acknowledged: lifecycle events after a position that the store keeps.</summary>
/// <param name="store">The operations, and the position.</param>
/// <param name="events">The event log.</param>
/// <param name="hostId">The host.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class Outbox(IStateStore store, IEventLog events, HostId hostId, ILogger logger)
{
    /// <summary>About as many bytes may the deltas of one report have.</summary>
    const int MaxBytes = SwarmProtocol.MaxReportBytes / 2;

    /// <summary>What a delta takes without its error.</summary>
    const int BytesOfDelta = 512;

    /// <summary>A character of an error may be written as <c>\u00e4</c>.</summary>
    const int BytesOfCharacter = 6;

    /// <summary>So far the position may stay behind without anything to tell; each move of it is a write.</summary>
    const int IdleEvents = 1000;

    const int PageSize = 1000;

    static readonly TopicPattern Lifecycle = TopicPattern.Parse("decky.*.lifecycle");

    long reportedMissing;

    /// <summary>Collects what is to be told.</summary>
    /// <param name="last">The last event that may be told.</param>
    /// <param name="recorded">The rows, read after <paramref name="last"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<OutboxMail> CollectAsync(long last, RecordedState recorded, CancellationToken cancellationToken)
    {
        var told = new List<LifecycleEvent>();
        var untold = new HashSet<Guid>();
        var (through, bytes, count, isFull) = (last, 0, 0, false);
        await foreach (var entry in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bytes += BytesOfDelta + ((entry.Error?.Length ?? 0) * BytesOfCharacter);
            isFull |= entry.Sequence <= last && (told.Count == SwarmProtocol.MaxDeltas || (bytes > MaxBytes && told.Count > 0));
            count++;
            if (entry.Sequence <= last && !isFull)
            {
                told.Add(entry);
            }
            else
            {
                through = isFull && untold.Count == 0 ? told[^1].Sequence : through;
                untold.Add(entry.OperationId);
            }
        }

        return new OutboxMail
        {
            Deltas = await CompleteAsync(told, recorded, cancellationToken).ConfigureAwait(false),
            Untold = untold,
            Through = through,
            Count = count,
            HasMore = isFull,
        };
    }

    /// <summary>Moves the position on.</summary>
    internal async Task AcknowledgeAsync(PreparedReport sent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isIdle = sent.Report.Deltas.Count == 0
            && sent.Through - await store.ReadCounterAsync(DurableCounter.Outbox, cancellationToken).ConfigureAwait(false) < IdleEvents;
        if (!isIdle)
        {
            await store.CommitAsync([new StateChange.RaiseCounter(DurableCounter.Outbox, sent.Through)], now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All events of transitions that may have to be told, oldest first.</summary>
    async IAsyncEnumerable<LifecycleEvent> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = await store.ReadCounterAsync(DurableCounter.Outbox, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var page = await events.ReadAsync(position, Lifecycle, PageSize, cancellationToken).ConfigureAwait(false);
            ReportMissing(position, page);
            foreach (var entry in page.Events)
            {
                if (LifecycleEvent.TryRead(entry, hostId) is { Status: not OperationStatus.Pending } transition)
                {
                    yield return transition;
                }
            }

            if (page.Events.Count < PageSize)
            {
                yield break;
            }

            position = page.Next;
        }
    }

    /// <summary>Adds what the event does not say: when it ended, and what the decky has now.</summary>
    async Task<ValueList<OperationDelta>> CompleteAsync(IReadOnlyList<LifecycleEvent> told, RecordedState recorded, CancellationToken cancellationToken)
    {
        if (told.Count == 0)
        {
            return [];
        }

        var query = new OperationQuery { Ids = [.. told.Select(entry => entry.OperationId).Distinct()], Limit = int.MaxValue };
        var operations = (await store.ListOperationsAsync(query, cancellationToken).ConfigureAwait(false)).ToDictionary(operation => operation.Id);
        var rows = recorded.Rows.ToDictionary(row => row.Name);
        return
        [
            .. told.Select(entry =>
            {
                var row = rows.GetValueOrDefault(entry.Name);
                return new OperationDelta
                {
                    OperationId = entry.OperationId,
                    Sequence = entry.Sequence,
                    Name = entry.Name,
                    Kind = entry.Kind,
                    Status = entry.Status,
                    Error = entry.Error,
                    CompletedAt = entry.Status == OperationStatus.Running ? null : operations.GetValueOrDefault(entry.OperationId)?.CompletedAt,
                    Address = row?.IPAddress,
                    Services = row?.Services,
                };
            }),
        ];
    }

    /// <summary>Says, once for each gap, that events are gone that nobody has acknowledged.</summary>
    void ReportMissing(long position, EventPage page)
    {
        // A store without an acknowledged position begins with what it keeps: what is older was before there was a master.
        if (page.Missed > 0 && position > 0 && Interlocked.Exchange(ref reportedMissing, position) != position)
        {
            AgentLog.EventsMissing(logger, page.Missed, position);
        }
    }
}
