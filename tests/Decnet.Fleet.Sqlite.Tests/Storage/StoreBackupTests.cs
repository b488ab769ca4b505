namespace Decnet.Fleet.Sqlite.Tests.Storage;

using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class StoreBackupTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Target => folder.File("o'copy.db");

    [Fact]
    public async Task A_copy_is_a_whole_store_of_one_point_in_time_though_writers_go_on()
    {
        await using var store = await OpenAsync();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await store.CommitAsync([new StateChange.InsertDecky(Row($"a{i}")) { Events = Event("a.b") }, new StateChange.InsertDecky(Row($"b{i}"))], Start);
            }
        });

        await store.BackupAsync(Target);
        await writing;

        await using var copy = await SqliteStateStore.OpenAsync(Target);
        Assert.Empty(await copy.CheckIntegrityAsync());
        var rows = await copy.ListDeckiesAsync();
        Assert.Equal(rows.Count, (await copy.GetLastSequenceAsync() - 1) * 2);
        Assert.Equal(80, (await store.ListDeckiesAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_is_there_is_kept_unless_it_is_to_be_overwritten()
    {
        await using var store = await OpenAsync();
        File.WriteAllText(Target, "precious");

        await Assert.ThrowsAsync<StateStoreException>(() => store.BackupAsync(Target));
        Assert.Equal("precious", File.ReadAllText(Target));

        await store.BackupAsync(Target, overwrite: true);
        await using var copy = await SqliteStateStore.OpenAsync(Target);
        Assert.Equal(1, await copy.GetLastSequenceAsync());
    }

    [Fact]
    public async Task The_store_is_never_overwritten_by_its_own_copy()
    {
        await using var store = await OpenAsync();

        await Assert.ThrowsAsync<StateStoreException>(() => store.BackupAsync(folder.File("decnet.db"), overwrite: true));

        Assert.Equal(1, await store.GetLastSequenceAsync());
    }

    [Fact]
    public async Task A_copy_that_fails_or_is_cancelled_leaves_nothing()
    {
        await using var store = await OpenAsync();

        await Assert.ThrowsAsync<StateStoreException>(() => store.BackupAsync(folder.File("missing/copy.db")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.BackupAsync(Target, cancellationToken: new CancellationToken(true)));

        Assert.All(Directory.GetFiles(folder.Path), file => Assert.StartsWith("decnet.db", Path.GetFileName(file), StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    async Task<SqliteStateStore> OpenAsync()
    {
        var store = await SqliteStateStore.OpenAsync(folder.File("decnet.db"));
        await store.CommitAsync([Announce("first")], Start);
        return store;
    }
}
