namespace Decnet.Fleet.Tests.Reconciling;

using System.Runtime.CompilerServices;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

/// <summary>Messages to a worker.</summary>
public sealed class ReconcilerWorkerControlTests : IAsyncDisposable
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    readonly WorkerLab worker = new();

    [Fact]
    [Trait("Weakness", "L-5.7")]
    public async Task An_orderly_end_says_who_asked_for_it()
    {
        await worker.StartAsync(WorkerLab.Options);

        await worker.SendAsync("""{"action":"stop","requested_by":"alice"}""");
        await worker.EndedAsync();

        Assert.Contains("Information: Worker reconciler ends: told to stop by alice", worker.Log.Lines);
        var beats = (await worker.EventsAsync("system.reconciler.health")).Select(beat => beat.ParsePayload()).ToArray();
        Assert.False(beats[0].TryGetProperty("requested_by", out _));
        Assert.Equal("stopped", beats[^1].GetProperty("status").GetString());
        Assert.Equal("alice", beats[^1].GetProperty("requested_by").GetString());
    }

    [Theory]
    [InlineData("""{"action":"stop"}""")]
    [InlineData("""{"action":"stop","requested_by":7}""")]
    [InlineData("""{"action":"stop","host_uuid":null}""")]
    [InlineData("""{"action":"stop","host_uuid":"local"}""")]
    public async Task It_obeys_what_is_for_its_host_or_for_nobody_in_particular(string message)
    {
        await worker.StartAsync(WorkerLab.Options);

        await worker.SendAsync(message);
        await worker.EndedAsync();

        Assert.Contains("Information: Worker reconciler ends: told to stop", worker.Log.Lines);
    }

    [Theory]
    [InlineData("""{"action":"stop","host_uuid":"elsewhere"}""")]
    [InlineData("""{"action":"stop","host_uuid":7}""")]
    [InlineData("""{"action":"explode"}""")]
    [InlineData("""{"action":["stop"]}""")]
    [InlineData("""{"requested_by":"alice"}""")]
    [InlineData("""["stop"]""")]
    [InlineData("stop")]
    [InlineData("")]
    public async Task It_ignores_what_is_for_other_hosts_and_what_it_does_not_understand(string message)
    {
        await worker.StartAsync(WorkerLab.Options);

        await worker.SendAsync(message);
        await worker.SendAsync("""{"action":"stop"}""", "another");
        await worker.SendAsync("""{"action":"stop","requested_by":"the last"}""");
        await worker.EndedAsync();

        Assert.Contains("Information: Worker reconciler ends: told to stop by the last", worker.Log.Lines);
    }

    [Fact]
    public async Task What_was_sent_before_it_began_is_not_for_it()
    {
        await worker.SendAsync("""{"action":"stop","requested_by":"the past"}""");
        await worker.StartAsync(WorkerLab.Options);

        await worker.SendAsync("""{"action":"stop","requested_by":"alice"}""");
        await worker.EndedAsync();

        Assert.Contains("Information: Worker reconciler ends: told to stop by alice", worker.Log.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Weakness", "L-5.7")]
    [Trait("Weakness", "L-5.6")]
    public async Task A_subscription_that_fails_or_ends_is_renewed_and_no_message_in_between_is_lost(bool fails)
    {
        var events = new BrittleLog(worker.Lab.Store) { Fails = fails };
        await worker.StartAsync(WorkerLab.Options, events: events);
        await worker.SendAsync("""{"action":"hello"}""");
        await Eventually.TrueAsync(() => Task.FromResult(events.Told == 1));

        events.Break();
        await Eventually.TrueAsync(() => Task.FromResult(worker.Log.Lines.Any(line => line.Contains("control messages", StringComparison.Ordinal))));
        await worker.SendAsync("""{"action":"stop","requested_by":"alice"}""");
        Assert.False(worker.HasEnded);
        await worker.AdvanceUntilAsync(() => worker.HasEnded, Retry);

        Assert.Contains("Information: Worker reconciler ends: told to stop by alice", worker.Log.Lines);
        Assert.Equal(2, events.Told);
        var expected = fails
            ? "Warning: Listening to control messages failed and begins anew in 00:00:05 [the connection is lost]"
            : "Warning: Listening to control messages ended and begins anew in 00:00:05";
        Assert.Contains(expected, worker.Log.Lines);
    }

    [Fact]
    [Trait("Weakness", "L-5.7")]
    public async Task A_log_that_cannot_be_read_at_first_is_listened_to_later()
    {
        var events = new BrittleLog(worker.Lab.Store) { FailedBeginnings = 2 };
        await worker.StartAsync(WorkerLab.Options, events: events);

        await worker.AdvanceUntilAsync(() => events.FailedBeginnings == 0 && events.Follows == 1, Retry);
        await worker.SendAsync("""{"action":"stop","requested_by":"alice"}""");
        await worker.EndedAsync();

        Assert.Contains(worker.Log.Lines, line => line.StartsWith("Warning: Listening to control messages begins later", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    /// <summary>A log whose followers lose their connection when a test wants it.</summary>
    sealed class BrittleLog(IEventLog inner) : IEventLog
    {
        readonly CancellationTokenSource broken = new();
        int follows;
        int told;

        internal bool Fails { get; init; }

        internal int FailedBeginnings { get; set; }

        internal int Follows => Volatile.Read(ref follows);

        internal int Told => Volatile.Read(ref told);

        internal void Break() => broken.Cancel();

        public Task<long> GetLastSequenceAsync(CancellationToken cancellationToken = default)
        {
            if (FailedBeginnings > 0)
            {
                FailedBeginnings--;
                throw new InvalidOperationException("the log cannot be read");
            }

            return inner.GetLastSequenceAsync(cancellationToken);
        }

        public Task<EventPage> ReadAsync(long after, TopicPattern? pattern = null, int limit = 1000, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(after, pattern, limit, cancellationToken);

        public async IAsyncEnumerable<DecnetEvent> FollowAsync(
            long? after = null, TopicPattern? pattern = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var breakable = Interlocked.Increment(ref follows) == 1 ? broken.Token : CancellationToken.None;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(breakable, cancellationToken);
            await using var entries = inner.FollowAsync(after, pattern, ending.Token).GetAsyncEnumerator(ending.Token);
            while (await NextAsync(entries, breakable))
            {
                Interlocked.Increment(ref told);
                yield return entries.Current;
            }
        }

        async Task<bool> NextAsync(IAsyncEnumerator<DecnetEvent> entries, CancellationToken breakable)
        {
            try
            {
                return await entries.MoveNextAsync();
            }
            catch (OperationCanceledException) when (breakable.IsCancellationRequested)
            {
                return Fails ? throw new InvalidOperationException("the connection is lost") : false;
            }
        }
    }
}
