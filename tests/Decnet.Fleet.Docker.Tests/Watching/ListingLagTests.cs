namespace Decnet.Fleet.Docker.Tests.Watching;

using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Events;

public sealed class ListingLagTests
{
    const string Id = "4f66ad9a0b2e8c0f7a4c1e3b";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("die")]
    [InlineData("pause")]
    [InlineData("unpause")]
    public async Task A_signal_waits_until_the_engine_shows_what_its_event_told(string action)
    {
        var shown = new TaskCompletionSource<FakeReply>();
        var script = new EventScript();
        await using var fake = FakeRuntime.Start().On("GET", "/events", script.Answer);
        fake.Daemon.On("GET", $"/containers/{Id}/json", (_, token) => shown.Task.WaitAsync(token));
        await using var signals = fake.Runtime.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await signals.MoveNextAsync());
        await script.SubscribedAsync();

        script.Push(FakeEvent.Of(action, Id, "web-01-ssh"));
        var next = signals.MoveNextAsync().AsTask();
        await fake.Daemon.RequestedAsync("GET", $"/containers/{Id}/json");
        Assert.False(next.IsCompleted);

        shown.SetResult(FakeReply.Json($$"""{"Id":"{{Id}}"}"""));
        Assert.True(await next.WaitAsync(TimeSpan.FromMinutes(1), Token));
        Assert.Equal($"{action} web-01-ssh", signals.Current.Description);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("destroy")]
    public async Task Events_that_come_after_the_change_cost_no_request(string action)
    {
        var script = new EventScript();
        await using var fake = FakeRuntime.Start().On("GET", "/events", script.Answer);
        await using var signals = fake.Runtime.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await signals.MoveNextAsync());
        await script.SubscribedAsync();

        script.Push(FakeEvent.Of(action, Id, "web-01-ssh"));
        Assert.True(await signals.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token));
        Assert.DoesNotContain(fake.Calls, call => call.Contains(Id, StringComparison.Ordinal));
    }
}
