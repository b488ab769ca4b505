namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;

/// <summary>Opens the store for each process anew: the one in memory, or one more connection to the one SQLite file.</summary>
internal sealed class StoreHouse(StoreKind kind, TimeProvider clock) : IAsyncDisposable
{
    readonly TemporaryFolder? folder = kind == StoreKind.Sqlite ? new TemporaryFolder() : null;
    readonly InMemoryStateStore memory = new(null, clock);
    readonly List<IStateStore> opened = [];

    internal async Task<IStateStore> OpenAsync()
    {
        if (folder is null)
        {
            return memory;
        }

        // Losing power in the middle of SQLite is SQLite's own test; here its commits are whole, so none needs to wait for the disk.
        var options = new SqliteStateStoreOptions { Synchronous = SqliteSynchronous.Normal };
        var store = await SqliteStateStore.OpenAsync(folder.File("decnet.db"), options, clock);
        opened.Add(store);
        return store;
    }

    internal async Task CloseAsync(IStateStore store)
    {
        if (opened.Remove(store))
        {
            await store.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
        {
            await store.DisposeAsync();
        }

        await memory.DisposeAsync();
        folder?.Dispose();
    }
}
