namespace Decnet.Fleet.Sqlite.Tests.Storage;

using Decnet.Fleet.State;
using Decnet.Testing;
using Microsoft.Data.Sqlite;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>What the file itself guards, whoever writes into it.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    RawDatabase? database;

    RawDatabase Raw => database!;

    public async ValueTask InitializeAsync()
    {
        await using (var store = await SqliteStateStore.OpenAsync(folder.File("decnet.db")))
        {
            await store.CommitAsync(
                [
                    new StateChange.InsertDecky(Row("web-01")),
                    new StateChange.AddOperation(Deploy("web-01", 1)),
                    new StateChange.AddOperation(Deploy("web-02", 2)),
                    new StateChange.AdvanceOperation(Id(2), Fleet.Model.OperationStatus.Succeeded),
                ],
                Start);
        }

        database = new RawDatabase(folder.File("decnet.db"));
    }

    [Theory]
    [InlineData("UPDATE deckies SET state = 'Running'")]
    [InlineData("UPDATE deckies SET revision = 0")]
    [InlineData("UPDATE deckies SET revision = 'many'")]
    [InlineData("UPDATE deckies SET updated_at = '2026'")]
    [InlineData("UPDATE deckies SET ip = x'00'")]
    [InlineData("UPDATE operations SET kind = 'restart' WHERE status = 'pending'")]
    [InlineData("UPDATE operations SET status = 'done' WHERE status = 'pending'")]
    [InlineData("UPDATE operations SET error = printf('%.2001c', 'x') WHERE status = 'pending'")]
    [InlineData("INSERT INTO hosts (host_id, name, address, status, enrolled_at, last_heartbeat) VALUES ('a', 'a', NULL, 'gone', '2026-01-01T00:00:00.0000000Z', NULL)")]
    public void Values_that_make_no_sense_are_refused(string sql) => Refused(sql);

    [Theory, Trait("Weakness", "L-3.2")]
    [InlineData("UPDATE operations SET status = 'running' WHERE status = 'succeeded'")]
    [InlineData("UPDATE operations SET error = 'late' WHERE status = 'succeeded'")]
    public void An_operation_that_has_ended_cannot_be_changed_by_any_statement(string sql) => Refused(sql);

    [Fact, Trait("Weakness", "L-3.1")]
    public void A_decky_cannot_have_two_open_operations() =>
        Refused("INSERT INTO operations SELECT replace(id, '1', '9'), host_id, decky_name, kind, status, error, attempt, created_at, started_at, "
            + "updated_at, completed_at, deadline, phase, done, total, mutation_trigger FROM operations WHERE status = 'pending'");

    [Fact, Trait("Weakness", "L-7.1"), Trait("Weakness", "L-7.3")]
    public void The_key_of_a_decky_is_host_and_name()
    {
        const string copy = "INSERT INTO deckies SELECT '{0}', name, ip, services, config, config_hash, state, reason, last_seen, updated_at, revision FROM deckies";

        Refused(copy.Replace("{0}", "local", StringComparison.Ordinal));
        Raw.Execute(copy.Replace("{0}", "other", StringComparison.Ordinal));

        Assert.Equal(2, Raw.Number("SELECT COUNT(*) FROM deckies WHERE name = 'web-01'"));
    }

    [Theory, Trait("Weakness", "L-3.1")]
    [InlineData("SELECT * FROM operations WHERE host_id = 'a' AND status IN ('pending', 'running')", "operations_open")]
    [InlineData("SELECT * FROM operations WHERE host_id = 'a' AND decky_name = 'b' ORDER BY created_at DESC", "operations_of_decky")]
    [InlineData("SELECT * FROM operations ORDER BY created_at DESC, rowid DESC LIMIT 10", "operations_newest")]
    [InlineData("SELECT id FROM operations WHERE status IN ('succeeded', 'failed') ORDER BY completed_at DESC LIMIT 5 OFFSET 9", "operations_ended")]
    public void Frequent_questions_are_answered_by_an_index(string sql, string index)
    {
        var plan = Raw.Plan(sql);

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        Raw.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    void Refused(string sql)
    {
        var error = Assert.Throws<SqliteException>(() => Raw.Execute(sql));
        Assert.Equal(19, error.SqliteErrorCode);
    }
}
