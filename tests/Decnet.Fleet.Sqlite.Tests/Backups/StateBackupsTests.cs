namespace Decnet.Fleet.Sqlite.Tests.Backups;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Backups;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class StateBackupsTests : IDisposable
{
    readonly TemporaryFolder temporary = new();
    readonly FakeTimeProvider clock = new();
    readonly StateFolder state;
    readonly FleetFile file;
    readonly StateBackups backups;

    public StateBackupsTests()
    {
        state = new StateFolder(temporary.File("state"));
        file = new FleetFile(state.FleetFile);
        backups = new StateBackups(state, HostId.Local, clock: clock);
    }

    string Folder => Directory.CreateDirectory(temporary.File("backups")).FullName;

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task A_backup_is_one_file_that_says_what_it_holds()
    {
        await MakeAsync(events: 3);

        var made = await backups.CreateAsync(Folder);

        Assert.Equal([made.Path], Directory.GetFileSystemEntries(Folder));
        Assert.Equal("decnet-backup-local-g1-20260101T000000Z.zip", Path.GetFileName(made.Path));
        Assert.Equal(made, await StateBackups.ReadAsync(made.Path));
        Assert.Equal((HostId.Local, 1, 4, clock.GetUtcNow()), (made.HostId, made.Generation, made.SchemaVersion, made.MadeAt));
        Assert.Equal(["decky-01", "decky-02"], made.Deckies);
        Assert.Equal(((DesiredState.Known)await file.LoadAsync()).Checksum, made.Checksum);
        Assert.Equal(new FileInfo(made.Path).Length, made.Size);
    }

    [Fact]
    public async Task Without_a_database_there_is_none_in_the_backup()
    {
        await file.SaveAsync(Fleet(1));
        Assert.Null((await StateBackups.ReadAsync((await backups.CreateAsync(Folder)).Path)).SchemaVersion);
        Assert.False(File.Exists(state.Database));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("damaged")]
    public async Task Nothing_is_made_of_what_could_not_be_restored(string? content)
    {
        Directory.CreateDirectory(state.Path);
        if (content is not null)
        {
            File.WriteAllText(state.FleetFile, content);
        }

        Assert.Equal(StateBackupProblem.NoFleet, (await Assert.ThrowsAsync<StateBackupException>(() => backups.CreateAsync(Folder))).Problem);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_file_that_is_there_is_kept_unless_it_is_to_be_overwritten()
    {
        await MakeAsync(events: 1);
        var target = temporary.File("my.zip");
        File.WriteAllText(target, "precious");

        await Assert.ThrowsAsync<FleetFileException>(() => backups.CreateAsync(target));
        Assert.Equal("precious", File.ReadAllText(target));

        await backups.CreateAsync(target, overwrite: true);
        Assert.Equal(1, (await StateBackups.ReadAsync(target)).Generation);
    }

    [Fact]
    public async Task A_path_that_is_no_place_for_a_backup_is_refused()
    {
        await MakeAsync(events: 1);
        Assert.Equal(StateBackupProblem.InvalidPath, (await Assert.ThrowsAsync<StateBackupException>(() => backups.CreateAsync(state.FleetFile, overwrite: true))).Problem);
        await Assert.ThrowsAnyAsync<DecnetException>(() => backups.CreateAsync(temporary.File("missing/my.zip")));
        Assert.IsType<DesiredState.Known>(await file.LoadAsync());
    }

    [Fact]
    public async Task All_there_is_to_go_back_to_is_listed()
    {
        await MakeAsync(events: 1);
        await backups.CreateAsync(Folder);
        await file.SaveAsync(Fleet(5));
        clock.Advance(TimeSpan.FromHours(1));
        await backups.CreateAsync(Folder);
        File.WriteAllText(Path.Combine(Folder, "decnet-backup-x.zip"), "no zip");
        File.WriteAllText(Path.Combine(Folder, "other.zip"), "not looked at");

        var list = await backups.ListAsync(Folder);

        Assert.Equal([2, 1], list.Backups.Select(backup => backup.Generation));
        Assert.Equal([(FleetFileVersionKind.Current, 2), (FleetFileVersionKind.Previous, 1)], list.Versions.Select(version => (version.Kind, version.Generation!.Value)));
        Assert.Equal(("bad-backup", Path.Combine(Folder, "decnet-backup-x.zip")), (Assert.Single(list.Issues).Code, list.Issues[0].Target));
        Assert.Empty((await backups.ListAsync(temporary.File("missing"))).Backups);
    }

    [Fact]
    public async Task A_restored_fleet_is_a_new_generation_and_the_present_one_is_kept()
    {
        await MakeAsync(events: 1);
        var made = await backups.CreateAsync(Folder);
        await file.SaveAsync(Fleet(5));

        var result = await backups.RestoreAsync(made.Path);

        Assert.Equal((3, 2, false, null), (result.State.Generation, result.State.Fleet.Deckies.Count, result.DatabaseRestored, result.DatabaseProblem));
        Assert.Equal(result.State.Fleet, ((DesiredState.Known)await file.LoadAsync()).Fleet);
        Assert.Equal(5, (await file.RestorePreviousAsync()).Fleet.Deckies.Count);
    }

    [Fact]
    public async Task A_backup_restores_a_folder_that_is_gone()
    {
        await MakeAsync(events: 3);
        var made = await backups.CreateAsync(Folder);
        Directory.Delete(state.Path, recursive: true);

        var result = await backups.RestoreAsync(made.Path, new() { Database = true });

        Assert.True(result.DatabaseRestored, result.DatabaseProblem);
        Assert.Equal(3, await LastEventAsync());
        Assert.Equal([state.Database], Directory.GetFiles(Path.GetDirectoryName(state.Database)!));
    }

    [Fact]
    public async Task The_database_is_as_it_was_and_the_present_one_is_kept()
    {
        await MakeAsync(events: 3);
        var made = await backups.CreateAsync(Folder);
        await MakeAsync(events: 4);

        var result = await backups.RestoreAsync(made.Path, new() { Database = true });

        Assert.True(result.DatabaseRestored, result.DatabaseProblem);
        Assert.Equal(3, await LastEventAsync());
        await using (var store = await SqliteStateStore.OpenAsync(state.Database))
        {
            Assert.Empty(await store.CheckIntegrityAsync());
            await store.CommitAsync([Announce("after")], Start);
        }

        await using var kept = await SqliteStateStore.OpenAsync(state.Database + ".bak");
        Assert.Equal(7, await kept.GetLastSequenceAsync());
    }

    [Fact]
    public async Task While_a_store_is_open_the_fleet_is_restored_alone()
    {
        await MakeAsync(events: 3);
        var made = await backups.CreateAsync(Folder);
        await using (var store = await SqliteStateStore.OpenAsync(state.Database))
        {
            await store.CommitAsync([Announce("since")], Start);

            var result = await backups.RestoreAsync(made.Path, new() { Database = true });

            Assert.Equal((2, false), (result.State.Generation, result.DatabaseRestored));
            Assert.Contains("is open", result.DatabaseProblem, StringComparison.Ordinal);
            Assert.Equal(4, await store.GetLastSequenceAsync());
            await store.CommitAsync([Announce("still.writable")], Start);
        }

        Assert.Equal(5, await LastEventAsync());
    }

    [Fact]
    public async Task A_store_that_anybody_reads_is_left_alone()
    {
        await MakeAsync(events: 3);
        var made = await backups.CreateAsync(Folder);
        using var reader = new RawDatabase(state.Database);
        Assert.Equal(3, reader.Number("SELECT COUNT(*) FROM events"));

        Assert.False((await backups.RestoreAsync(made.Path, new() { Database = true })).DatabaseRestored);

        Assert.Equal(3, reader.Number("SELECT COUNT(*) FROM events"));
    }

    [Fact]
    public async Task A_store_that_another_process_has_open_is_left_alone_until_it_ends()
    {
        await MakeAsync(events: 3);
        var made = await backups.CreateAsync(Folder);
        await MakeAsync(events: 1);

        await ChildProcess.WhileHeldAsync(state.Database, async () =>
            Assert.Contains("is open", (await backups.RestoreAsync(made.Path, new() { Database = true })).DatabaseProblem, StringComparison.Ordinal));
        Assert.Equal(4, await LastEventAsync());

        Assert.True((await backups.RestoreAsync(made.Path, new() { Database = true })).DatabaseRestored);
        Assert.Equal(3, await LastEventAsync());
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_is_left_for_the_operator()
    {
        await MakeAsync(events: 3);
        var made = await backups.CreateAsync(Folder);
        File.WriteAllText(state.Database, new string('x', 5_000));

        var result = await backups.RestoreAsync(made.Path, new() { Database = true });

        Assert.Equal((2, false), (result.State.Generation, result.DatabaseRestored));
        Assert.Contains("not a store", result.DatabaseProblem, StringComparison.Ordinal);
        Assert.Equal(5_000, new FileInfo(state.Database).Length);
    }

    [Fact]
    public async Task The_backup_of_another_host_must_be_meant()
    {
        await MakeAsync(events: 1);
        var made = await backups.CreateAsync(Folder);
        var other = new StateBackups(new StateFolder(temporary.File("other")), HostId.Parse("b"));

        Assert.Equal(StateBackupProblem.OtherHost, (await Assert.ThrowsAsync<StateBackupException>(() => other.RestoreAsync(made.Path))).Problem);
        Assert.False(Directory.Exists(temporary.File("other")));

        Assert.Equal(2, (await other.RestoreAsync(made.Path, new() { OtherHost = true })).State.Fleet.Deckies.Count);
    }

    static Fleet Fleet(int count) => new FleetBuilder().Build(new FleetRequest
    {
        Count = count,
        Subnet = IPNetwork.Parse("10.0.0.0/24"),
        Gateway = IPAddress.Parse("10.0.0.1"),
        Services = ["ssh"],
        Seed = 1,
    });

    async Task MakeAsync(int events)
    {
        if (!File.Exists(state.FleetFile))
        {
            await file.SaveAsync(Fleet(2));
        }

        await using var store = await SqliteStateStore.OpenAsync(state.Database);
        for (var i = 0; i < events; i++)
        {
            await store.CommitAsync([Announce($"e{i}")], Start);
        }
    }

    async Task<long> LastEventAsync()
    {
        await using var store = await SqliteStateStore.OpenAsync(state.Database);
        return await store.GetLastSequenceAsync();
    }
}
