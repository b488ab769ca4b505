namespace Decnet.Fleet.Docker.Tests.Watching;

using Decnet.Fleet.Containers;

/// <summary>Reads the signals of a runtime one by one, and gives up when one does not come.</summary>
internal sealed class SignalReader(DockerContainerRuntime runtime) : IAsyncDisposable
{
    readonly CancellationTokenSource left = new();
    IAsyncEnumerator<RuntimeSignal>? reading;

    internal async Task<string> NextAsync()
    {
        reading ??= runtime.WatchAsync(left.Token).GetAsyncEnumerator(left.Token);
        Assert.True(await reading.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1)), "The sequence ended.");
        return reading.Current.Description;
    }

    public async ValueTask DisposeAsync()
    {
        if (reading is not null)
        {
            await reading.DisposeAsync();
        }

        left.Dispose();
    }
}
