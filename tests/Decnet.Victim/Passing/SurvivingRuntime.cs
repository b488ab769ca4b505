namespace Decnet.Victim.Passing;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;

/// <summary>
/// The in-memory engine with a memory that outlives its process: what a call changed is one entry of a journal, written
/// before the call returns. Every process that opens the journal sees the same containers with the same ids, those of a
/// replacement that died half-way among them.
/// </summary>
/// <param name="path">The journal.</param>
/// <param name="callTime">How long a change takes before it happens.</param>
public sealed class SurvivingRuntime(string path, TimeSpan callTime) : IContainerRuntime, IDisposable
{
    readonly Journal journal = new(path);
    readonly InMemoryContainerRuntime engine = new(HostId.Local);

    public string Endpoint => $"journal://{path}";

    /// <summary>The containers as the last call left them.</summary>
    public IReadOnlyList<InMemoryContainer> Containers => engine.Containers;

    /// <summary>Grows with every change.</summary>
    public long Position => journal.Position;

    public Task<ObservedState> ObserveAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(() => engine.ObserveAsync(CancellationToken.None));

    public IAsyncEnumerable<RuntimeSignal> WatchAsync(CancellationToken cancellationToken = default) => engine.WatchAsync(cancellationToken);

    public Task<ObservedNetwork?> FindNetworkAsync(string name, CancellationToken cancellationToken = default) =>
        ReadAsync(() => engine.FindNetworkAsync(name, CancellationToken.None));

    public Task CreateNetworkAsync(NetworkSpec network, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => RuntimeEntry.Of(network));

    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => ["remove network", id]);

    public Task EnsureImageAsync(ContainerSpec container, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task<string> CreateContainerAsync(
        ContainerSpec container, string name, string? baseContainerId, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => RuntimeEntry.Of(container, name, baseContainerId));

    public Task StartContainerAsync(string id, CancellationToken cancellationToken = default) => ChangeAsync(() => ["start", id]);

    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken = default) => ChangeAsync(() => ["stop", id]);

    public Task RenameContainerAsync(string id, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => ["rename", id, name]);

    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken = default) => ChangeAsync(() => ["remove", id]);

    public Task<string> ReadLogTailAsync(string id, int lines, CancellationToken cancellationToken = default) =>
        ReadAsync(() => engine.ReadLogTailAsync(id, lines, CancellationToken.None));

    /// <summary>Does something bad to one container, if there is any.</summary>
    public Task HarmAsync(Random random) => ChangeAsync(() =>
        engine.Containers is { Count: > 0 } all
            ? [random.Next(2) == 0 ? "crash" : "lose", all[random.Next(all.Count)].Observed.Name]
            : null);

    public void Dispose() => journal.Dispose();

    async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        await CatchUpAsync();
        try
        {
            return await read();
        }
        finally
        {
            journal.Unlock();
        }
    }

    async Task<string> ChangeAsync(Func<string[]?> change)
    {
        await Task.Delay(callTime);
        await CatchUpAsync();
        try
        {
            if (change() is not { } entry)
            {
                return "";
            }

            var result = await RuntimeEntry.ApplyAsync(engine, entry);
            journal.Append(entry);
            return result;
        }
        finally
        {
            journal.Unlock();
        }
    }

    /// <summary>Locks the journal and does what other processes did.</summary>
    async Task CatchUpAsync()
    {
        foreach (var entry in await journal.LockAsync())
        {
            await RuntimeEntry.ApplyAsync(engine, entry);
        }
    }
}
