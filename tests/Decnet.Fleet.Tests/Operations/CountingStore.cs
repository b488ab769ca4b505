namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>A store that counts what is asked of it, and lets somebody else act before a read.</summary>
internal sealed class CountingStore(IStateStore store) : IStateStore
{
    internal int Reads { get; private set; }

    internal int Commits { get; private set; }

    /// <summary>Done before each read, given its number from 1.</summary>
    internal Func<int, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public async Task<RecordedState> ReadAsync(HostId hostId, CancellationToken cancellationToken = default)
    {
        await BeforeRead(++Reads);
        return await store.ReadAsync(hostId, cancellationToken);
    }

    public Task<CommitResult> CommitAsync(IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        Commits++;
        return store.CommitAsync(changes, at, cancellationToken);
    }

    public Task<StoreDescription> DescribeAsync(CancellationToken cancellationToken = default) => store.DescribeAsync(cancellationToken);

    public Task<IReadOnlyList<DeckyRow>> ListDeckiesAsync(HostId? hostId = null, CancellationToken cancellationToken = default) =>
        store.ListDeckiesAsync(hostId, cancellationToken);

    public Task<IReadOnlyList<Operation>> ListOperationsAsync(OperationQuery query, CancellationToken cancellationToken = default) =>
        store.ListOperationsAsync(query, cancellationToken);

    public Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken = default) => store.ListWorkersAsync(cancellationToken);

    public Task<IReadOnlyList<FleetHost>> ListHostsAsync(CancellationToken cancellationToken = default) => store.ListHostsAsync(cancellationToken);

    public Task<IReadOnlyList<Enrolment>> ListEnrolmentsAsync(CancellationToken cancellationToken = default) => store.ListEnrolmentsAsync(cancellationToken);

    public Task<long> ReadCounterAsync(string name, CancellationToken cancellationToken = default) => store.ReadCounterAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
