namespace Decnet.Fleet.Sqlite.Tests.Storage;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class SchemaMigratorTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Database => folder.File("decnet.db");

    [Fact]
    public async Task An_older_store_is_brought_forward_with_its_rows()
    {
        await MakePresentVersionAsync();
        var options = With("ALTER TABLE deckies ADD COLUMN note TEXT", "CREATE TABLE notes (id INTEGER PRIMARY KEY)");

        await using var store = await SqliteStateStore.OpenAsync(Database, options);

        Assert.Equal(Schema.Migrations.Count + 2, (await store.DescribeAsync()).SchemaVersion);
        Assert.Single(await store.ListDeckiesAsync());
        using var raw = new RawDatabase(Database);
        Assert.Equal(Schema.Migrations.Count + 2, raw.Number("PRAGMA user_version"));
        Assert.Equal(0, raw.Number("SELECT COUNT(*) FROM notes"));
    }

    [Fact]
    public async Task A_store_of_version_1_is_brought_forward_with_its_rows()
    {
        MakeVersion1();

        await using var store = await SqliteStateStore.OpenAsync(Database);

        Assert.Equal(Schema.Migrations.Count, (await store.DescribeAsync()).SchemaVersion);
        var state = await store.ReadAsync(HostA);
        Assert.Equal([Row("web-01", HostA) with { Revision = 3 }], state.Rows);
        var running = Deploy("web-01", 1, HostA) with { Status = OperationStatus.Running, StartedAt = Start.AddSeconds(1) };
        Assert.Equal([running], state.OpenOperations);
        Assert.Empty(state.Suspensions);
        await store.CommitAsync(
            [
                new StateChange.ReportProgress(Id(1), new OperationProgress(OperationPhase.Images, 1, 2)),
                new StateChange.Suspend(new Suspension { HostId = HostA, By = "alice", At = Start }),
            ],
            Start);
        state = await store.ReadAsync(HostA);
        Assert.Equal(new OperationProgress(OperationPhase.Images, 1, 2), Assert.Single(state.OpenOperations).Progress);
        Assert.Single(state.Suspensions);
    }

    [Fact]
    public async Task When_a_step_fails_none_of_the_steps_is_kept()
    {
        await MakePresentVersionAsync();
        var before = File.ReadAllBytes(Database);
        var options = With("ALTER TABLE deckies ADD COLUMN note TEXT; DELETE FROM deckies", "ALTER TABLE nothing ADD COLUMN x TEXT");

        await Assert.ThrowsAsync<StateStoreException>(() => SqliteStateStore.OpenAsync(Database, options));

        Assert.Equal(before, File.ReadAllBytes(Database));
        await using var store = await SqliteStateStore.OpenAsync(Database);
        Assert.Single(await store.ListDeckiesAsync());
        Assert.Equal(Schema.Migrations.Count, (await store.DescribeAsync()).SchemaVersion);
    }

    [Fact]
    public async Task Of_several_that_bring_a_store_forward_at_once_one_does()
    {
        await MakePresentVersionAsync();
        var options = With("ALTER TABLE deckies ADD COLUMN note TEXT");

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SqliteStateStore.OpenAsync(Database, options))));

        foreach (var store in stores)
        {
            Assert.Single(await store.ListDeckiesAsync());
            await store.DisposeAsync();
        }
    }

    public void Dispose() => folder.Dispose();

    static SqliteStateStoreOptions With(params string[] steps) => new() { Migrations = [.. Schema.Migrations, .. steps] };

    void MakeVersion1() => RawDatabase.Run(
        Database,
        Schema.Migrations[0] + $$"""
        INSERT INTO deckies VALUES ('host-a', 'web-01', '192.168.1.20', '["ssh","http"]', '{"name":"web-01"}',
            '{{new string('a', 64)}}', 'running', NULL, NULL, '2026-01-01T00:00:00.1250000Z', 3);
        INSERT INTO operations VALUES ('00000001-0000-0000-0000-000000000000', 'host-a', 'web-01', 'deploy', 'running', NULL, 1,
            '2026-01-01T00:00:01.1250000Z', '2026-01-01T00:00:01.1250000Z', '2026-01-01T00:00:01.1250000Z', NULL, '2026-01-01T00:10:00.1250000Z');
        PRAGMA application_id = {{Schema.ApplicationId}};
        PRAGMA user_version = 1;
        """);

    async Task MakePresentVersionAsync()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        await store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start);
    }
}
