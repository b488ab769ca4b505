namespace Decnet.Fleet.Sqlite.Tests.Storage;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class WriterTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Database => folder.File("decnet.db");

    [Fact]
    public async Task A_commit_waits_for_another_writer_without_holding_its_callers_thread()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        using var other = new RawDatabase(Database);
        other.Execute("BEGIN IMMEDIATE");

        var waiting = store.CommitAsync([Announce("a.b")], Start);
        await Task.Delay(100);
        Assert.False(waiting.IsCompleted);
        other.Execute("COMMIT");

        Assert.Equal([true], (await waiting.WaitAsync(TimeSpan.FromMinutes(1))).Applied);
    }

    [Fact]
    public async Task A_commit_gives_up_after_the_busy_timeout_and_changes_nothing()
    {
        var options = new SqliteStateStoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(150) };
        await using var store = await SqliteStateStore.OpenAsync(Database, options);
        using (var other = new RawDatabase(Database))
        {
            other.Execute("BEGIN IMMEDIATE");
            var start = TimeProvider.System.GetTimestamp();

            var error = await Assert.ThrowsAsync<StateStoreException>(() => store.CommitAsync([Announce("a.b")], Start));

            Assert.Equal(StateStoreError.Locked, error.Error);
            Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 150, 60_000);
            other.Execute("ROLLBACK");
        }

        Assert.Equal(0, await store.GetLastSequenceAsync());
        Assert.Equal(1, (await store.CommitAsync([Announce("a.b")], Start)).FirstSequence);
    }

    [Fact]
    public async Task Readers_do_not_wait_for_a_writer()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        await store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start);
        using var other = new RawDatabase(Database);
        other.Execute("BEGIN IMMEDIATE; DELETE FROM deckies");

        Assert.Single((await store.ReadAsync(HostId.Local)).Rows);
    }

    [Fact]
    public async Task A_commit_that_waits_can_be_cancelled_and_changes_nothing()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        using var other = new RawDatabase(Database);
        other.Execute("BEGIN IMMEDIATE");
        using var cancel = new CancellationTokenSource();

        var waiting = store.CommitAsync([Announce("a.b")], Start, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        other.Execute("COMMIT");

        Assert.Equal(1, (await store.CommitAsync([Announce("c.d")], Start)).FirstSequence);
    }

    [Fact]
    public async Task A_commit_that_has_begun_is_completed_though_its_caller_cancels()
    {
        using var cancel = new CancellationTokenSource();
        var request = new WriteRequest([Announce("a.b")], Start, cancel.Token);
        var waiting = request.WaitAsync();

        Assert.True(request.TryBegin());
        await cancel.CancelAsync();
        Assert.False(request.IsGivenUp);
        Assert.False(waiting.IsCompleted);
        request.Complete(new CommitResult([true], 1, 1));

        Assert.Equal(1, (await waiting).LastSequence);
    }

    [Fact]
    public async Task Closing_commits_what_is_waiting()
    {
        var store = await SqliteStateStore.OpenAsync(Database);
        var commits = Enumerable.Range(0, 50).Select(i => store.CommitAsync([new StateChange.InsertDecky(Row($"d{i}"))], Start)).ToArray();

        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(commits), result => Assert.Equal([true], result.Applied));
        await using var again = await SqliteStateStore.OpenAsync(Database);
        Assert.Equal(50, (await again.ListDeckiesAsync()).Count);
    }

    [Fact]
    public async Task A_full_disk_fails_the_commit_as_a_whole_and_the_store_goes_on()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database, new SqliteStateStoreOptions { MaxPages = 40 });
        StateChange big = new StateChange.Announce { Events = [.. Enumerable.Range(0, 200).Select(_ => new EventDraft("a.b", "t", $"\"{new string('x', 4000)}\""))] };

        var error = await Assert.ThrowsAsync<StateStoreException>(
            () => store.CommitAsync([new StateChange.InsertDecky(Row("web-01")), big], Start));

        Assert.Equal(StateStoreError.Full, error.Error);
        Assert.Empty(await store.ListDeckiesAsync());
        Assert.Equal([true], (await store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start)).Applied);
        Assert.Empty(await store.CheckIntegrityAsync());
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_fails_alone_and_the_writer_goes_on()
    {
        await using var store = await SqliteStateStore.OpenAsync(Database);
        var wrong = Deploy("web-01", 1) with { Attempt = 0 };

        var error = await Assert.ThrowsAsync<StateStoreException>(
            () => store.CommitAsync([new StateChange.InsertDecky(Row("web-01")), new StateChange.AddOperation(wrong)], Start));

        Assert.Equal(StateStoreError.Other, error.Error);
        Assert.Empty(await store.ListDeckiesAsync());
        Assert.Equal([true], (await store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start)).Applied);
    }

    public void Dispose() => folder.Dispose();
}
