namespace Decnet.Fleet.Docker.Tests.Images;

using System.Collections.Concurrent;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Tests.Api;
using Decnet.Testing;
using Microsoft.Extensions.Logging.Abstractions;

public sealed class SharedPullTests
{
    static readonly CancellationToken None = CancellationToken.None;

    static readonly ContainerSpec Container = new() { Name = "web-01", Role = ContainerRole.Base, Image = "busybox:1.36", ConfigHash = "hash" };

    readonly ChunkSource pull = new();

    [Fact]
    public async Task A_caller_that_leaves_takes_the_pull_neither_from_those_who_wait_nor_from_those_to_come()
    {
        await using var engine = Start();
        var images = Store(engine);
        using var leaving = new CancellationTokenSource();
        var first = images.EnsureAsync(Container, null, leaving.Token);
        await engine.Daemon.RequestedAsync("POST", "/images/create");
        var second = new Listener(images);
        await TellAsync(second, percent: 10);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var third = new Listener(images);
        await TellAsync(third, percent: 50);
        pull.End();

        await Task.WhenAll(second.Ensured, third.Ensured);
        Assert.Single(engine.Calls, call => call.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_caller_that_leaves_ends_the_pull_and_the_next_begins_anew()
    {
        await using var engine = Start();
        var images = Store(engine);
        using var leaving = new CancellationTokenSource();
        var alone = images.EnsureAsync(Container, null, leaving.Token);
        await engine.Daemon.RequestedAsync("POST", "/images/create");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        await Eventually.TrueAsync(() => Task.FromResult(pull.IsLeft));

        engine.On("POST", "/images/create", FakeReply.Json("{}"));
        engine.On("GET", "/images/busybox:1.36/json", FakeReply.Error(404, "No such image"), FakeReply.Json("{}"));
        await images.EnsureAsync(Container, null, None);
        Assert.Equal(2, engine.Calls.Count(call => call.StartsWith("POST", StringComparison.Ordinal)));
    }

    /// <summary>An engine on which the image is there after the three who ask have been told that it is not.</summary>
    FakeEngine Start()
    {
        var missing = FakeReply.Error(404, "No such image");
        return FakeEngine.Start()
            .On("GET", "/images/busybox:1.36/json", missing, missing, missing, FakeReply.Json("{}"))
            .On("POST", "/images/create", FakeReply.Stream(pull.ReadAsync(), "application/json"), FakeReply.Json("{}"));
    }

    static ImageStore Store(FakeEngine engine) => new(engine.Client, ImagePolicy.Tag, credentials: null, NullLogger.Instance);

    /// <summary>Lets the pull get on until somebody who waits for it has been told.</summary>
    async Task TellAsync(Listener listener, int percent)
    {
        for (var step = percent; listener.Told.IsEmpty; step = Math.Min(step + 10, 90))
        {
            pull.Add($$$"""{"status":"Downloading","id":"a","progressDetail":{"current":{{{step}}},"total":100}}""" + "\n");
            await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.False(listener.Ensured.IsCompleted && step == 90, "It was never told.");
        }
    }

    sealed class Listener : IProgress<string>
    {
        internal Listener(ImageStore images) => Ensured = images.EnsureAsync(Container, this, None);

        internal ConcurrentQueue<string> Told { get; } = new();

        internal Task Ensured { get; }

        public void Report(string value) => Told.Enqueue(value);
    }
}
