namespace Decnet.Daemon.Tests.Support;

using Decnet.Testing;
using Xunit;

/// <summary>A command that serves, until it is disposed of.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly CancellationTokenSource stop = new();
    readonly TestConsole console = new();
    readonly Task<Outcome> running;

    RunningService(Lab lab, string[] words) => running = Task.Run(() => lab.RunAsync(words, console, cancellationToken: stop.Token));

    internal string Log => console.Errors;

    internal Task<Outcome> Running => running;

    /// <summary>Starts it, and waits until it listens.</summary>
    internal static async Task<RunningService> StartAsync(Lab lab, params string[] words)
    {
        var service = new RunningService(lab, words);
        await Eventually.TrueAsync(
            () => Task.FromResult(service.running.IsCompleted || service.Log.Contains("Listening on https://", StringComparison.Ordinal)), Patience);
        Assert.False(service.running.IsCompleted, service.Log);
        return service;
    }

    /// <summary>Stops it, and expects an orderly end.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        var outcome = await running.WaitAsync(Patience);
        stop.Dispose();
        Assert.True(outcome.Code == 0, outcome.Errors);
    }
}
