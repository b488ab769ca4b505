namespace Decnet.Fleet.Sqlite.Tests;

using System.Runtime.Versioning;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

public sealed class ReadOnlyTests : IDisposable
{
    static readonly SqliteStateStoreOptions Options = new() { ReadOnly = true };
    static readonly DateTimeOffset Now = new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero);

    const UnixFileMode AllRead = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode AllEnter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    readonly TemporaryFolder folder = new();

    string Path => folder.File("decnet.db");

    [Fact]
    public async Task It_reads_beside_a_writer_what_was_written_before_and_after_it_was_opened()
    {
        await using var writer = await SqliteStateStore.OpenAsync(Path);
        await AnnounceAsync(writer);

        await using var reader = await SqliteStateStore.OpenAsync(Path, Options);
        Assert.Equal(1, await reader.GetLastSequenceAsync());
        await AnnounceAsync(writer);

        Assert.Equal(2, await reader.GetLastSequenceAsync());
        Assert.Empty((await reader.ReadAsync(HostId.Local)).Rows);
    }

    [Fact]
    public async Task It_refuses_to_write()
    {
        await (await SqliteStateStore.OpenAsync(Path)).DisposeAsync();
        await using var store = await SqliteStateStore.OpenAsync(Path, Options);

        var refused = await Assert.ThrowsAsync<StateStoreException>(() => AnnounceAsync(store));

        Assert.Equal(StateStoreError.ReadOnly, refused.Error);
        Assert.Equal(0, await store.GetLastSequenceAsync());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task It_reads_a_closed_file_in_a_folder_that_cannot_be_written()
    {
        await using (var writer = await SqliteStateStore.OpenAsync(Path))
        {
            await AnnounceAsync(writer);
        }

        var before = Directory.GetFiles(folder.Path);
        File.SetUnixFileMode(Path, AllRead);
        File.SetUnixFileMode(folder.Path, AllRead | AllEnter);
        try
        {
            Assert.Equal("read 1", (await ChildProcess.RunAsync("reader", Path)).Trim());
            Assert.Equal(before, Directory.GetFiles(folder.Path));
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, AllRead | AllEnter | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task It_makes_nothing()
    {
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(Path, Options));

        Assert.Equal(StateStoreError.Missing, refused.Error);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>Another process may have made the file, and nothing in it yet.</summary>
    [Fact]
    public async Task A_file_that_somebody_begins_to_make_is_no_store_yet()
    {
        await File.WriteAllBytesAsync(Path, []);

        var refused = await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(Path, Options));

        Assert.Equal(StateStoreError.Missing, refused.Error);
        Assert.Equal(0, new FileInfo(Path).Length);
    }

    [Fact]
    public async Task It_does_not_bring_an_older_file_forward()
    {
        await (await SqliteStateStore.OpenAsync(Path)).DisposeAsync();
        var newer = Options with { Migrations = [.. Options.Migrations, "CREATE TABLE later (x)"] };

        var refused = await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(Path, newer));

        Assert.Contains("for writing once", refused.Message, StringComparison.Ordinal);
        using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'later'";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    public void Dispose() => folder.Dispose();

    static Task AnnounceAsync(SqliteStateStore store) =>
        store.CommitAsync([new StateChange.Announce { Events = [new EventDraft("a.b", "test", "{}")] }], Now);
}
