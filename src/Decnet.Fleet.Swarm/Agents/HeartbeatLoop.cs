namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Swarm.Clients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Reports to the master for as long as the agent lives: at its start, at intervals, and at once when something happens to a decky.
/// It also takes up whom to trust when the master says that there is news, and has the certificate of the host renewed.
/// </summary>
public sealed class HeartbeatLoop : IWorkerCompanion
{
    static readonly TopicPattern Deckies = TopicPattern.Parse("decky.>");

    readonly HostReporter reporter;
    readonly IEventLog events;
    readonly IMasterClient master;
    readonly ITrustKeeper trust;
    readonly HeartbeatOptions options;
    readonly RetryOptions retry;
    readonly TimeProvider clock;
    readonly Random random;
    readonly ILogger logger;
    readonly FailureNotes reports;
    readonly FailureNotes trusting;
    readonly FailureNotes renewing;
    long newest;

    /// <summary>Puts it together.</summary>
    /// <param name="reporter">What writes the reports.</param>
    /// <param name="events">The event log whose events about deckies cause reports.</param>
    /// <param name="master">Whom it reports to.</param>
    /// <param name="trust">What keeps whom to trust.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">The source of jitter; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HeartbeatLoop(
        HostReporter reporter,
        IEventLog events,
        IMasterClient master,
        ITrustKeeper trust,
        HeartbeatOptions? options = null,
        TimeProvider? clock = null,
        Random? random = null,
        ILogger<HeartbeatLoop>? logger = null)
    {
        this.options = options ?? new HeartbeatOptions();
        this.options.Validate();
        this.reporter = reporter;
        this.events = events;
        this.master = master;
        this.trust = trust;
        this.clock = clock ?? TimeProvider.System;
        this.random = random ?? RandomSource.New();
        this.logger = logger ?? NullLogger<HeartbeatLoop>.Instance;
        retry = new RetryOptions { FirstDelay = this.options.FirstDelay, MaxDelay = this.options.MaxDelay };
        reports = new FailureNotes("Reporting to the master", this.clock, this.logger);
        trusting = new FailureNotes("Taking up whom to trust", this.clock, this.logger);
        renewing = new FailureNotes("Renewing the certificate", this.clock, this.logger);
    }

    /// <inheritdoc/>
    public string Name => "heartbeat";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var wake = new WakeSignal();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = new EnduringTask(options.FirstDelay, clock, logger)
            .RunAsync("Following the event log", token => FollowAsync(wake, token), wake.Set, ending.Token);
        try
        {
            await LoopAsync(wake, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(false);
        }
    }

    async Task LoopAsync(WakeSignal wake, CancellationToken cancellationToken)
    {
        var isDue = true;
        var failures = 0;
        while (true)
        {
            var (sent, wait) = await BeatAsync(isDue, cancellationToken).ConfigureAwait(false);
            if (sent is null)
            {
                await Task.Delay(Longest(retry.Delay(++failures, random), wait), clock, cancellationToken).ConfigureAwait(false);
                isDue = true;
            }
            else
            {
                failures = 0;
                isDue = !sent.HasMore && !await WaitForEventAsync(wake, sent.Seen, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reports once.</summary>
    /// <returns>The report, or null when that failed, and how long the master asks to wait.</returns>
    async Task<(PreparedReport? Sent, TimeSpan? Wait)> BeatAsync(bool isDue, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        PreparedReport prepared;
        long version;
        try
        {
            prepared = await reporter.PrepareAsync(ended.Token).ConfigureAwait(false);
            version = await master.ReportAsync(prepared.Report, ended.Token).ConfigureAwait(false);
            await reporter.AcknowledgeAsync(prepared, ended.Token).ConfigureAwait(false);
            reports.Succeeded();
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            reports.Failed(Named(error));
            return (null, (error as PeerUnreachableException)?.RetryAfter);
        }

        if (version > trust.TrustVersion)
        {
            await TryAsync(trusting, async token => await trust.TakeAsync(await master.GetTrustAsync(token).ConfigureAwait(false), token).ConfigureAwait(false), ended.Token, cancellationToken).ConfigureAwait(false);
        }

        if (isDue)
        {
            await TryAsync(renewing, token => trust.RenewIfDueAsync(master, token), ended.Token, cancellationToken).ConfigureAwait(false);
        }

        return (prepared, null);
    }

    /// <summary>Does what the next report tries again if it fails.</summary>
    async Task TryAsync(FailureNotes notes, Func<CancellationToken, Task> once, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            await once(patience).ConfigureAwait(false);
            notes.Succeeded();
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            notes.Failed(Named(error));
        }
    }

    Exception Named(Exception error) =>
        error is OperationCanceledException ? new TimeoutException($"It took longer than {options.Timeout.TotalSeconds:0.#} seconds.", error) : error;

    /// <summary>Waits for an event that the last report did not take into account, for as long as an interval.</summary>
    /// <returns>False when none came.</returns>
    async Task<bool> WaitForEventAsync(WakeSignal wake, long seen, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        var interval = options.Interval * (1 + (options.Jitter * ((random.NextDouble() * 2) - 1)));
        while (Interlocked.Read(ref newest) <= seen)
        {
            var left = interval - clock.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero || !await wake.WaitAsync(left, clock, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        var spacing = options.Spacing - clock.GetElapsedTime(begin);
        await Task.Delay(Longest(options.Settle, spacing), clock, cancellationToken).ConfigureAwait(false);
        return true;
    }

    async Task FollowAsync(WakeSignal wake, CancellationToken cancellationToken)
    {
        // What happened while nobody followed is told as well.
        var begin = Interlocked.Read(ref newest);
        begin = begin > 0 ? begin : await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        Note(begin);
        await foreach (var entry in events.FollowAsync(begin, Deckies, cancellationToken).ConfigureAwait(false))
        {
            Note(entry.Sequence);
        }

        void Note(long sequence)
        {
            Interlocked.Exchange(ref newest, sequence);
            wake.Set();
        }
    }

    static TimeSpan Longest(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
