namespace Decnet.Fleet.Sqlite.Tests.Storage;

using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class OpeningTests : IDisposable
{
    static readonly SqliteStateStoreOptions Impatient = new() { BusyTimeout = TimeSpan.FromMilliseconds(200) };

    readonly TemporaryFolder folder = new();

    string Database => folder.File("decnet.db");

    [Fact]
    public async Task Folders_and_file_are_made_for_the_owner_and_the_group_only()
    {
        var path = folder.File("new/db/decnet.db");

        await using var store = await SqliteStateStore.OpenAsync(path);
        await store.CommitAsync([Announce("a.b")], Start);

        if (!OperatingSystem.IsWindows())
        {
            var everybodyElse = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            foreach (var made in (string[])[folder.File("new"), folder.File("new/db"), path, path + "-wal", path + "-shm"])
            {
                Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(made) & (everybodyElse | UnixFileMode.GroupWrite));
            }
        }
    }

    [Fact]
    public async Task What_was_committed_is_there_after_opening_again()
    {
        await WithStoreAsync(store => store.CommitAsync([new StateChange.InsertDecky(Row("web-01")) { Events = Event("a.b") }], Start));

        await WithStoreAsync(async store =>
        {
            Assert.Equal([Row("web-01") with { Revision = 1 }], (await store.ReadAsync(Fleet.Model.HostId.Local)).Rows);
            Assert.Equal(1, await store.GetLastSequenceAsync());
        });
        Assert.Equal(["decnet.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Commits_are_logged_ahead_and_reach_the_disk()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        using var raw = new RawDatabase(Database);

        Assert.Equal(["wal"], raw.Texts("PRAGMA journal_mode"));
        Assert.Equal(Schema.Migrations.Count, raw.Number("PRAGMA user_version"));
        var description = await store.DescribeAsync();
        Assert.Equal(("sqlite", Database, Schema.Migrations.Count), (description.Kind, description.Location, description.SchemaVersion));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("[general]\nnet = 192.168.1.0/24\n")]
    [InlineData("SQLite format 3")]
    public async Task A_file_that_is_no_database_is_refused_and_kept(string contents)
    {
        File.WriteAllText(Database, contents + new string(' ', 5000));

        await RefusedAsync(StateStoreError.NotADatabase);
    }

    [Fact]
    public async Task A_short_text_file_is_refused_and_kept()
    {
        File.WriteAllText(Database, "not a database");

        await RefusedAsync(StateStoreError.NotADatabase);
    }

    [Theory]
    [InlineData("CREATE TABLE music (title TEXT)")]
    [InlineData("PRAGMA user_version = 7")]
    [InlineData("PRAGMA application_id = 1; CREATE TABLE deckies (host_id TEXT)")]
    public async Task A_database_of_another_program_is_refused_and_kept(string sql)
    {
        RawDatabase.Run(Database, sql);

        await RefusedAsync(StateStoreError.NotADatabase);
    }

    [Fact]
    public async Task A_folder_is_refused()
    {
        var error = await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(folder.Path));

        Assert.Equal(StateStoreError.NotADatabase, error.Error);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_and_kept()
    {
        await WithStoreAsync(_ => Task.CompletedTask);
        RawDatabase.Run(Database, "PRAGMA user_version = 99");

        var error = await RefusedAsync(StateStoreError.NewerVersion);

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_store_is_refused_and_kept()
    {
        await WithStoreAsync(store => store.CommitAsync(
            [.. Enumerable.Range(0, 300).Select(i => new StateChange.InsertDecky(Row($"d{i}")))], Start));
        Damage();

        var error = await RefusedAsync(StateStoreError.Corrupt);

        Assert.Contains("restore a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_under_an_open_store_is_reported_as_damage()
    {
        await WithStoreAsync(store => store.CommitAsync(
            [.. Enumerable.Range(0, 300).Select(i => new StateChange.InsertDecky(Row($"d{i}")))], Start));
        await using var open = await SqliteStateStore.OpenAsync(Database);
        Damage();

        var error = await Assert.ThrowsAsync<StateStoreException>(() => open.ListDeckiesAsync());

        Assert.Equal(StateStoreError.Corrupt, error.Error);
        Assert.NotEmpty(await open.CheckIntegrityAsync());
    }

    [Fact]
    public async Task A_row_that_makes_no_sense_is_reported_as_damage()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        await store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start);
        RawDatabase.Run(Database, "UPDATE deckies SET ip = 'nowhere'");

        var error = await Assert.ThrowsAsync<StateStoreException>(() => store.ListDeckiesAsync());

        Assert.Equal(StateStoreError.Corrupt, error.Error);
    }

    [Fact]
    public async Task A_locked_store_is_refused_after_the_wait_and_opens_when_it_is_free()
    {
        await WithStoreAsync(_ => Task.CompletedTask);
        using (var other = new RawDatabase(Database))
        {
            other.Execute($"PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = {Schema.Migrations.Count}; COMMIT");

            var error = await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(Database, Impatient));

            Assert.Equal(StateStoreError.Locked, error.Error);
        }

        await WithStoreAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task Opening_can_be_cancelled_while_the_store_is_locked()
    {
        await WithStoreAsync(_ => Task.CompletedTask);
        using var other = new RawDatabase(Database);
        other.Execute($"PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = {Schema.Migrations.Count}; COMMIT");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SqliteStateStore.OpenAsync(Database, cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task Many_may_make_the_same_new_store_at_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SqliteStateStore.OpenAsync(Database))));
        foreach (var store in stores)
        {
            Assert.True((await store.CommitAsync([Announce("a.b")], Start)).Applied[0]);
        }

        Assert.Equal(8, await stores[0].GetLastSequenceAsync());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    public void Dispose() => folder.Dispose();

    void Damage()
    {
        // Every page but the first two is overwritten, so that neither header nor schema tells of it.
        using var file = new FileStream(Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = 2 * 4096;
        file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - (2 * 4096)).ToArray());
    }

    async Task<StateStoreException> RefusedAsync(StateStoreError expected)
    {
        var before = File.ReadAllBytes(Database);

        var error = await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(Database, Impatient));

        Assert.Equal(expected, error.Error);
        Assert.Contains(Database, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Database));
        Assert.Equal(["decnet.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        return error;
    }

    async Task WithStoreAsync(Func<SqliteStateStore, Task> use)
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        await use(store);
    }
}
