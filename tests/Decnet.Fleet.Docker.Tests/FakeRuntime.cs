namespace Decnet.Fleet.Docker.Tests;

using System.Collections.Concurrent;
using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Tests.Api;
using Microsoft.Extensions.Logging;

/// <summary>A runtime on a fake daemon, with its log.</summary>
internal sealed class FakeRuntime : IAsyncDisposable, ILogger
{
    readonly FakeEngine engine;
    readonly ConcurrentQueue<(int Id, string Text)> log = new();

    FakeRuntime(FakeEngine engine, DockerRuntimeOptions options, TimeProvider clock)
    {
        this.engine = engine;
        Runtime = new DockerContainerRuntime(engine.Client, options, null, this, clock, () => new Random(1));
    }

    internal DockerContainerRuntime Runtime { get; }

    internal FakeDaemon Daemon => engine.Daemon;

    /// <summary>The requests by method and path with version and query, without pings.</summary>
    internal IReadOnlyList<string> Calls => [.. engine.Calls];

    internal IReadOnlyList<(int Id, string Text)> Log => [.. log];

    internal static FakeRuntime Start(
        string version = "1.47", DockerRuntimeOptions? options = null, Decnet.Fleet.Docker.Api.EngineTimeouts? timeouts = null, TimeProvider? clock = null) =>
        new(FakeEngine.Start(version, timeouts), options ?? new DockerRuntimeOptions { ImagePolicy = ImagePolicy.Tag }, clock ?? TimeProvider.System);

    internal FakeRuntime On(string method, string path, params FakeReply[] inTurn)
    {
        Daemon.On(method, path, inTurn);
        return this;
    }

    internal FakeRuntime On(string method, string path, Func<FakeRequest, FakeReply> answer)
    {
        Daemon.On(method, path, answer);
        return this;
    }

    /// <summary>The JSON that a request of this path carried, the last one's.</summary>
    internal JsonElement Sent(string path)
    {
        using var document = JsonDocument.Parse(Daemon.Requests.Last(request => request.Path == path).BodyText);
        return document.RootElement.Clone();
    }

    public ValueTask DisposeAsync()
    {
        Runtime.Dispose();
        return engine.DisposeAsync();
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log.Enqueue((eventId.Id, formatter(state, exception)));
}
