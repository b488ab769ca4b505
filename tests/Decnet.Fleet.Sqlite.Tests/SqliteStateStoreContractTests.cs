namespace Decnet.Fleet.Sqlite.Tests;

using Decnet.Fleet.Events;
using Decnet.Fleet.State;
using Decnet.Testing;
using Decnet.Testing.Contracts;

/// <summary>What every store must do, done by the store on SQLite.</summary>
public sealed class SqliteStateStoreContractTests : StateStoreContract, IDisposable
{
    readonly TemporaryFolder folder = new();

    protected override async Task<(IStateStore Store, IEventLog Log)> OpenAsync(EventRetention? retention = null)
    {
        var options = new SqliteStateStoreOptions { EventRetention = retention ?? new EventRetention() };
        var store = await SqliteStateStore.OpenAsync(folder.File("decnet.db"), options, Clock);
        return (store, store);
    }

    public void Dispose() => folder.Dispose();
}
