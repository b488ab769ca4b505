namespace Decnet.Fleet.Swarm.Tests.Agents;

using System.Collections.Concurrent;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

public sealed class HeartbeatLoopTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly RecordingMaster master = new();
    readonly RecordingKeeper keeper = new();
    readonly LogList log = new();

    HeartbeatLoop Loop(AgentLab lab, HeartbeatOptions? options = null) =>
        new(lab.Reporter, lab.Events, master, keeper, options, lab.Options.Clock, new Random(1), log);

    Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(() => Task.FromResult(condition()), Patience);

    static async Task StopAsync(CancellationTokenSource stop, Task running)
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task It_reports_at_its_start_and_then_at_intervals_that_vary()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        using var stop = new CancellationTokenSource();
        var times = new ConcurrentQueue<DateTimeOffset>();
        master.Received = _ => times.Enqueue(clock.GetUtcNow());
        var running = Loop(lab).RunAsync(stop.Token);

        await DriveAsync(clock, () => times.Count >= 6);

        var gaps = times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds).ToArray();
        Assert.All(gaps, gap => Assert.InRange(gap, 26.9, 33.1));
        Assert.True(gaps.Distinct().Count() > 1);
        await StopAsync(stop, running);
    }

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task The_end_of_work_is_told_at_once(StoreKind kind)
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        using var stop = new CancellationTokenSource();
        var told = new ConcurrentDictionary<Guid, DateTimeOffset>();
        master.Received = report =>
        {
            foreach (var delta in report.Deltas.Where(delta => delta.Status == OperationStatus.Succeeded))
            {
                told.TryAdd(delta.OperationId, DateTimeOffset.UtcNow);
            }
        };
        var running = Loop(lab, new HeartbeatOptions { Interval = TimeSpan.FromHours(1) }).RunAsync(stop.Token);
        await UntilAsync(() => !master.Reports.IsEmpty);

        var late = new List<double>();
        for (var i = 1; i <= 5; i++)
        {
            var order = AgentLab.Order($"web-{i:00}");
            await lab.DeployAsync(order);
            await UntilAsync(() => told.ContainsKey(order.OperationId));
            late.Add((told[order.OperationId] - (await lab.OperationsAsync(order.OperationId))[0].CompletedAt!.Value).TotalMilliseconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: told {string.Join(", ", late.Select(one => $"{one:0}"))} ms after the end");
        await UntilAsync(() => lab.Store.ReadCounterAsync(DurableCounter.Outbox).Result > 0 && lab.Agent.StatusAsync().Result.Unacknowledged == 0);
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task Many_events_are_told_in_few_reports_and_none_is_lost()
    {
        await using var lab = await AgentLab.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = Loop(lab, new HeartbeatOptions { Interval = TimeSpan.FromHours(1) }).RunAsync(stop.Token);
        await UntilAsync(() => !master.Reports.IsEmpty);
        var orders = Enumerable.Range(1, 40).Select(i => AgentLab.Order($"web-{i:00}")).ToArray();

        await lab.DeployAsync(orders);
        await UntilAsync(() => orders.All(order => master.Reports.Any(report => report.Deltas.Any(delta => delta.OperationId == order.OperationId && delta.Status == OperationStatus.Succeeded))));

        Assert.True(master.Reports.Count < 40, $"{master.Reports.Count} reports.");
        var sequences = master.Reports.SelectMany(report => report.Deltas).Select(delta => delta.Sequence).ToArray();
        Assert.Equal(sequences.Distinct().Order(), sequences);
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task More_than_one_report_can_hold_follows_at_once()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        var events = Enumerable.Range(0, (2 * SwarmProtocol.MaxDeltas) + 1).Select(_ =>
            Decnet.Fleet.Operations.OperationEvent.Draft(Sample.Operation("web-01") with { Id = Guid.NewGuid(), HostId = AgentLab.Host }));
        await lab.Store.CommitAsync([new StateChange.Announce { Events = [.. events] }], Sample.Now);
        using var stop = new CancellationTokenSource();

        var running = Loop(lab).RunAsync(stop.Token);

        await UntilAsync(() => master.Reports.Sum(report => report.Deltas.Count) == (2 * SwarmProtocol.MaxDeltas) + 1);
        Assert.Equal([SwarmProtocol.MaxDeltas, SwarmProtocol.MaxDeltas, 1], master.Reports.Take(3).Select(report => report.Deltas.Count));
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task A_master_that_is_away_is_tried_less_and_less_often_and_told_everything_when_it_is_back()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        var times = new ConcurrentQueue<DateTimeOffset>();
        var isAway = true;
        master.Failure = _ =>
        {
            times.Enqueue(clock.GetUtcNow());
            return isAway ? RecordingMaster.Away() : null;
        };
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);
        await DriveAsync(clock, () => times.Count >= 9);
        var order = AgentLab.Order("web-01");
        await lab.DeployAsync(order);
        isAway = false;
        await DriveAsync(clock, () => master.Reports.Any(report => report.Deltas.Any(delta => delta.OperationId == order.OperationId && delta.Status == OperationStatus.Succeeded)));

        var gaps = times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds).Take(8).ToArray();
        Assert.InRange(gaps[0], 0.7, 1.6);
        Assert.All(gaps, gap => Assert.InRange(gap, 0.7, 38.5));
        Assert.True(gaps[4] > gaps[0] * 4);
        Assert.Single(log.Entries, entry => entry.Level == LogLevel.Warning);
        await UntilAsync(() => log.Entries.Any(entry => entry.Text.Contains("works again", StringComparison.Ordinal)));
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task Each_kind_of_failure_is_logged_once()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        var refused = new RequestRefusedException("the master", new SwarmProblem { Type = "urn:decnet:problem:unknown-host", Title = "Not found", Status = 404 });
        var revoked = new PeerRefusedException("the master", "revoked", "It was revoked.");
        master.Failure = call => call switch { <= 3 => RecordingMaster.Away(), <= 5 => refused, <= 8 => revoked, 9 => new InvalidOperationException("It broke."), _ => null };
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);

        await DriveAsync(clock, () => master.Reports.Count > 0);

        Assert.Equal(4, log.Entries.Count(entry => entry.Level == LogLevel.Warning));
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task A_failure_in_the_moment_of_its_end_does_not_become_its_error()
    {
        await using var lab = await AgentLab.OpenAsync();
        using var stop = new CancellationTokenSource();
        master.Failure = _ =>
        {
            stop.Cancel();
            return RecordingMaster.Away();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Loop(lab).RunAsync(stop.Token));
    }

    [Fact]
    public async Task A_master_that_asks_for_time_gets_it()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        var times = new ConcurrentQueue<DateTimeOffset>();
        master.Failure = call =>
        {
            times.Enqueue(clock.GetUtcNow());
            return call == 1 ? RecordingMaster.Away(TimeSpan.FromSeconds(20)) : null;
        };
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);

        await DriveAsync(clock, () => times.Count >= 2);

        Assert.InRange((times.ElementAt(1) - times.ElementAt(0)).TotalSeconds, 19.9, 21);
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task A_store_that_fails_for_a_while_does_not_end_it()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        ((InMemory.InMemoryStateStore)lab.Store).FailReads(StateStoreError.Locked, 3);
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);

        await DriveAsync(clock, () => master.Reports.Count > 1);

        await StopAsync(stop, running);
    }

    [Fact]
    public async Task A_lost_answer_makes_deltas_come_twice_and_never_none()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        var order = AgentLab.Order("web-01");
        await lab.DeployAsync(order);
        master.LosesAnswers = true;
        master.Failure = call => call == 1 ? RecordingMaster.Away() : null;
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);

        await DriveAsync(clock, () => master.Reports.Count >= 3);

        Assert.Equal(master.Reports.ElementAt(0).Deltas, master.Reports.ElementAt(1).Deltas);
        Assert.Empty(master.Reports.ElementAt(2).Deltas);
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task Newer_trust_is_taken_up_and_the_certificate_looked_after()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);
        await UntilAsync(() => keeper.Renewals == 1);
        Assert.Equal(0, master.TrustCalls);

        master.Trust = master.Trust with { Version = 9 };
        await DriveAsync(clock, () => keeper.TrustVersion == 9);
        await DriveAsync(clock, () => keeper.Renewals >= 3);

        Assert.Equal(1, master.TrustCalls);
        await StopAsync(stop, running);
    }

    [Fact]
    public async Task A_trust_that_cannot_be_taken_up_does_not_hold_up_reports()
    {
        var clock = new FakeTimeProvider();
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Clock = clock });
        keeper.Failure = new DecnetException("The disk is full.");
        master.Trust = master.Trust with { Version = 9 };
        using var stop = new CancellationTokenSource();
        var running = Loop(lab).RunAsync(stop.Token);

        await DriveAsync(clock, () => master.Reports.Count >= 4);

        Assert.Equal(2, log.Entries.Count(entry => entry.Level == LogLevel.Warning));
        keeper.Failure = null;
        await DriveAsync(clock, () => keeper.TrustVersion == 9);
        await StopAsync(stop, running);
    }

    /// <summary>Moves the clock on from wait to wait until something is so, but never while a report is under way, which has a minute.</summary>
    static Task DriveAsync(FakeTimeProvider clock, Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            var now = clock.GetUtcNow();
            if (!condition() && clock.NextDue is { } due && due - now < TimeSpan.FromSeconds(50))
            {
                clock.Advance(due - now);
            }

            return Task.FromResult(condition());
        },
        Patience);

    sealed class LogList : ILogger<HeartbeatLoop>
    {
        internal ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue((logLevel, formatter(state, exception)));
    }
}
