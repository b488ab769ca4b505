namespace Decnet.Fleet.InMemory;

using System.Runtime.CompilerServices;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// A state store and its event log in memory, with the full contract of <see cref="IStateStore"/> and
/// <see cref="IEventLog"/>: conditions, revisions, one transaction at a time, retention, followers that wake at once. For tests, trials
/// and demonstrations; it can be told to fail or to be slow.
/// </summary>
public sealed class InMemoryStateStore : IStateStore, IEventLog
{
    readonly Lock gate = new();
    readonly EventRetention retention;
    readonly TimeProvider time;
    readonly Queue<StateStoreError> commitFaults = new();
    readonly Queue<StateStoreError> readFaults = new();
    volatile StoreTables tables = StoreTables.Empty;
    TaskCompletionSource changed = NewSignal();
    TimeSpan delay;
    bool closed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="retention">How much of the event log is kept; null for the defaults.</param>
    /// <param name="time">The clock that ages events and measures <see cref="CommitDelay"/>; null for the system's.</param>
    public InMemoryStateStore(EventRetention? retention = null, TimeProvider? time = null)
    {
        this.retention = retention ?? new EventRetention();
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>How many transactions changed something. A converged pass leaves it as it is.</summary>
    public long Commits { get; private set; }

    /// <summary>How long every commit takes before it does anything, on the store's clock.</summary>
    /// <value>Default: zero.</value>
    public TimeSpan CommitDelay
    {
        get
        {
            lock (gate)
            {
                return delay;
            }
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            lock (gate)
            {
                delay = value;
            }
        }
    }

    /// <summary>Makes the next commit fail without changing anything.</summary>
    /// <param name="error">How it fails.</param>
    public void FailNextCommit(StateStoreError error) => FailCommits(error, 1);

    /// <summary>Makes coming commits fail without changing anything.</summary>
    /// <param name="error">How they fail.</param>
    /// <param name="times">How many; they come after those already ordered. 0 takes back what was ordered.</param>
    public void FailCommits(StateStoreError error, int times) => Order(commitFaults, error, times);

    /// <summary>Makes coming reads of rows and events fail; those who follow the log are spared.</summary>
    /// <param name="error">How they fail.</param>
    /// <param name="times">How many; they come after those already ordered. 0 takes back what was ordered.</param>
    public void FailReads(StateStoreError error, int times = 1) => Order(readFaults, error, times);

    /// <inheritdoc/>
    public Task<StoreDescription> DescribeAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(_ => new StoreDescription("memory", "in memory", null, 1), cancellationToken);

    /// <inheritdoc/>
    public Task<RecordedState> ReadAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        ReadAsync(now => now.Of(hostId), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An event has no valid topic; nothing was changed.</exception>
    public async Task<CommitResult> CommitAsync(
        IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        if (CommitDelay is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        TaskCompletionSource? signal = null;
        CommitResult result;
        lock (gate)
        {
            ThrowIfClosedOr(commitFaults, "The commit failed, and nothing of it was kept");
            var transaction = new StoreTransaction(tables, at);
            result = transaction.Run(changes);
            if (result.Applied.Any(applied => applied))
            {
                tables = transaction.Finish(retention, time.GetUtcNow());
                Commits++;
                (signal, changed) = (changed, NewSignal());
            }
        }

        signal?.SetResult();
        return result;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeckyRow>> ListDeckiesAsync(HostId? hostId = null, CancellationToken cancellationToken = default) =>
        ReadAsync(now => now.ListDeckies(hostId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Operation>> ListOperationsAsync(OperationQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync(now => now.ListOperations(query), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Worker>>(
            now => [.. now.Workers.Values.OrderBy(worker => worker.HostId).ThenBy(worker => worker.Name, StringComparer.Ordinal)],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FleetHost>> ListHostsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<FleetHost>>(
            now => [.. now.Hosts.Values.OrderBy(host => host.Name, StringComparer.Ordinal)], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Enrolment>> ListEnrolmentsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Enrolment>>(
            now => [.. now.Enrolments.Values.OrderBy(enrolment => enrolment.Name, StringComparer.Ordinal)], cancellationToken);

    /// <inheritdoc/>
    public Task<long> ReadCounterAsync(string name, CancellationToken cancellationToken = default) =>
        ReadAsync(now => now.Counters.GetValueOrDefault(name), cancellationToken);

    /// <inheritdoc/>
    public Task<long> GetLastSequenceAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(now => now.LastSequence, cancellationToken);

    /// <inheritdoc/>
    public Task<EventPage> ReadAsync(
        long after, TopicPattern? pattern = null, int limit = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadAsync(now => EventReader.Read(now, after, pattern, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DecnetEvent> FollowAsync(
        long? after = null, TopicPattern? pattern = null, CancellationToken cancellationToken = default) =>
        FollowFromAsync(after ?? tables.LastSequence, pattern, cancellationToken);

    /// <summary>Closes the store: what it held is gone, and every further call fails, followers included.</summary>
    /// <returns>A task that has ended.</returns>
    public ValueTask DisposeAsync()
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            closed = true;
            tables = StoreTables.Empty;
            (signal, changed) = (changed, NewSignal());
        }

        signal.TrySetResult();
        return ValueTask.CompletedTask;
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    async IAsyncEnumerable<DecnetEvent> FollowFromAsync(
        long position, TopicPattern? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            EventPage page;
            lock (gate)
            {
                ThrowIfClosed();
                more = changed.Task;
                page = EventReader.Read(tables, position, pattern, 1000);
            }

            foreach (var entry in page.Events)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            if (page.Next == position)
            {
                await more.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            position = page.Next;
        }
    }

    Task<T> ReadAsync<T>(Func<StoreTables, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            StoreTables now;
            lock (gate)
            {
                ThrowIfClosedOr(readFaults, "The store could not be read");
                now = tables;
            }

            return Task.FromResult(read(now));
        }
        catch (StateStoreException error)
        {
            return Task.FromException<T>(error);
        }
    }

    void Order(Queue<StateStoreError> faults, StateStoreError error, int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        lock (gate)
        {
            if (times == 0)
            {
                faults.Clear();
            }

            for (var i = 0; i < times; i++)
            {
                faults.Enqueue(error);
            }
        }
    }

    void ThrowIfClosedOr(Queue<StateStoreError> faults, string what)
    {
        ThrowIfClosed();
        if (faults.TryDequeue(out var error))
        {
            throw new StateStoreException(error, $"{what}: {error}, as ordered from the in-memory store.");
        }
    }

    void ThrowIfClosed()
    {
        if (closed)
        {
            throw new StateStoreException(StateStoreError.Closed, "The in-memory store was closed; make a new one.");
        }
    }
}
