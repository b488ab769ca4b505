namespace Decnet.Engine.Tests.Faults;

using System.Threading.Channels;
using Decnet.Engine.Tests.Deploying;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>A worker that runs beside a test.</summary>
sealed class RunningWorker : IAsyncDisposable, IProgress<ReconcileResult>
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Channel<ReconcileResult> passes = Channel.CreateUnbounded<ReconcileResult>();
    readonly CancellationTokenSource stopping = new();
    readonly Task running;

    internal RunningWorker(FleetScene scene, RepairMode repair)
    {
        var options = new ReconcilerWorkerOptions { Pass = new() { Repair = repair }, Passes = this, Interval = TimeSpan.FromSeconds(2) };
        running = new ReconcilerWorker(scene.Reconciler, scene.File, scene.Runtime, scene.Store, scene.Store, HostId.Local, options)
            .RunAsync(stopping.Token);
    }

    public void Report(ReconcileResult value) => passes.Writer.TryWrite(value);

    /// <summary>The next pass that is as the test waits for, of those that it has not seen yet.</summary>
    internal async Task<ReconcileResult> NextAsync(Func<ReconcileResult, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                if (await passes.Reader.ReadAsync(patience.Token) is var pass && wanted(pass))
                {
                    return pass;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("No pass of the worker was as the test waits for.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }
}
