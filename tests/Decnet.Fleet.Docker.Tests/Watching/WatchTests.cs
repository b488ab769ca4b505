namespace Decnet.Fleet.Docker.Tests.Watching;

using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Events;
using Decnet.FakeDaemon.Listing;
using Decnet.Testing;

public sealed class WatchTests
{
    const string Relist = "connected: what happened before is not known";
    const string Path = "/events";

    static readonly string Id = FakeFleet.IdOf("web-01-ssh");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_signal_says_to_look_and_the_next_what_happened()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        Assert.Equal(Relist, await watch.NextAsync());
        await script.SubscribedAsync();
        script.Push(Event("die"), Event("health_status: unhealthy"), Event("destroy"));
        Assert.Equal("die web-01-ssh", await watch.NextAsync());
        Assert.Equal("health_status: unhealthy web-01-ssh", await watch.NextAsync());
        Assert.Equal("destroy web-01-ssh", await watch.NextAsync());
    }

    [Fact]
    public async Task The_engine_is_asked_for_the_events_of_our_containers_alone()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        await watch.NextAsync();
        var filters = JsonDocument.Parse((await script.SubscribedAsync()).Filters!).RootElement;
        Assert.Equal("container", Assert.Single(filters.GetProperty("type").EnumerateArray()).GetString());
        Assert.Equal("com.docker.compose.project=decnet", Assert.Single(filters.GetProperty("label").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task What_changes_no_listing_is_no_signal()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        Assert.Equal(Relist, await watch.NextAsync());
        await script.SubscribedAsync();
        script.Push(
            Event("exec_create: sh -c id"), Event("exec_start: sh"), Event("exec_die"), Event("top"), Event("attach"), Event("kill"),
            Event("archive-path"), Event("start") with { Type = "network" }, Event("rename"));
        Assert.Equal("rename web-01-ssh", await watch.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_break_the_engine_is_asked_from_the_last_event_on_and_repetitions_are_silent(bool cut)
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        await watch.NextAsync();
        await script.SubscribedAsync();
        var last = script.Push(Event("start"), Event("die"))[1];
        Assert.Equal("start web-01-ssh", await watch.NextAsync());
        Assert.Equal("die web-01-ssh", await watch.NextAsync());
        if (cut)
        {
            script.Cut();
        }
        else
        {
            script.End();
        }

        var again = await script.SubscribedAsync(2);
        Assert.Equal(last.TimeNano, Nanoseconds(again.Since!));
        Assert.Equal(Relist, await watch.NextAsync());
        script.Push(Event("create"));
        Assert.Equal("create web-01-ssh", await watch.NextAsync());
    }

    [Fact]
    public async Task Each_attempt_to_follow_the_engine_again_is_counted()
    {
        using var recorder = new TelemetryRecorder();
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        await watch.NextAsync();
        await script.SubscribedAsync();
        Assert.Empty(recorder.Of("decnet.engine.watch.reconnects"));
        script.Cut();
        await script.SubscribedAsync(2);
        Assert.Equal(["1"], recorder.Of("decnet.engine.watch.reconnects"));
    }

    [Fact]
    public async Task What_happened_while_nobody_was_connected_is_told_after_the_reconnect()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        await watch.NextAsync();
        await script.SubscribedAsync();
        script.Push(Event("start"));
        await watch.NextAsync();
        await fake.Daemon.StopListeningAsync();
        script.Push(Event("die"));
        await fake.Daemon.ListenAgainAsync();
        Assert.Equal(Relist, await watch.NextAsync());
        Assert.Equal("die web-01-ssh", await watch.NextAsync());
    }

    [Fact]
    public async Task An_engine_that_starts_anew_and_has_forgotten_is_followed_again()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        await watch.NextAsync();
        await fake.Daemon.StopListeningAsync();
        script.ForgetPast();
        await fake.Daemon.ListenAgainAsync("1.41");
        Assert.Equal(Relist, await watch.NextAsync());
        await script.SubscribedAsync(2);
        script.Push(Event("die") with { TimeNano = 1 });
        Assert.Equal("die web-01-ssh", await watch.NextAsync());
    }

    [Fact]
    public async Task An_engine_that_repeats_its_last_event_for_ever_does_not_wake_for_ever()
    {
        var clock = new FakeTimeProvider();
        var script = new EventScript();
        await using var fake = Start(script, clock);
        await using var watch = new SignalReader(fake.Runtime);
        Assert.Equal(Relist, await watch.NextAsync());
        await script.SubscribedAsync();
        script.Push(Event("die"));
        Assert.Equal("die web-01-ssh", await watch.NextAsync());
        for (var turn = 2; turn < 8; turn++)
        {
            script.End();
            await Eventually.TrueAsync(() => Task.FromResult(fake.Log.Count(entry => entry.Id == 205) == turn - 1));
            clock.Advance(TimeSpan.FromSeconds(10));
            await script.SubscribedAsync(turn);
            Assert.Equal(Relist, await watch.NextAsync());
        }

        script.Push(Event("start"));
        Assert.Equal("start web-01-ssh", await watch.NextAsync());
    }

    [Fact]
    public async Task A_listener_that_does_not_listen_holds_up_nothing_and_gets_the_latest()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using var watch = new SignalReader(fake.Runtime);
        await watch.NextAsync();
        await script.SubscribedAsync();
        for (var number = 0; number < 20_000; number++)
        {
            script.Push(Event(number < 19_999 ? "start" : "destroy"));
        }

        var read = 0;
        while (await watch.NextAsync() != "destroy web-01-ssh")
        {
            read++;
        }

        Assert.True(read < 20_000);
    }

    [Fact]
    public async Task Leaving_ends_the_connection()
    {
        var script = new EventScript();
        await using var fake = Start(script);
        await using (var watch = new SignalReader(fake.Runtime))
        {
            await watch.NextAsync();
            Assert.True((await script.SubscribedAsync()).IsOpen);
        }

        await Eventually.TrueAsync(() => Task.FromResult(fake.Daemon.OpenConnections == 0));
    }

    [Fact]
    public async Task The_callers_end_ends_the_sequence_even_where_no_engine_is()
    {
        await using var fake = Start(new EventScript());
        await fake.Daemon.StopListeningAsync();
        using var caller = new CancellationTokenSource();
        await using var signals = fake.Runtime.WatchAsync(caller.Token).GetAsyncEnumerator(Token);
        var next = signals.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => Task.FromResult(fake.Log.Any(entry => entry.Id == 205)));
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    public async Task Refusals_are_tried_again(int status)
    {
        var script = new EventScript();
        await using var fake = FakeRuntime.Start();
        var asked = 0;
        fake.On("GET", Path, request => ++asked <= 2 ? FakeReply.Error(status, "not now") : script.Answer(request));
        await using var watch = new SignalReader(fake.Runtime);
        Assert.Equal(Relist, await watch.NextAsync());
        Assert.Equal(2, fake.Log.Count(entry => entry.Id == 205));
        Assert.Contains("not now", fake.Log.First(entry => entry.Id == 205).Text, StringComparison.Ordinal);
    }

    static FakeRuntime Start(EventScript script, TimeProvider? clock = null) => FakeRuntime.Start(clock: clock).On("GET", Path, script.Answer);

    static FakeEvent Event(string action) =>
        FakeEvent.Of(action, Id, "web-01-ssh", new KeyValuePair<string, string>("com.docker.compose.project", "decnet"));

    static long Nanoseconds(string since)
    {
        var parts = since.Split('.');
        return (long.Parse(parts[0]) * 1_000_000_000) + long.Parse(parts[1]);
    }
}
