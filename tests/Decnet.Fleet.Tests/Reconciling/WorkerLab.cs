namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;

/// <summary>A lab with one worker, whose clock is its own, so that only its own waits are pending.</summary>
internal sealed class WorkerLab : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly CancellationTokenSource stop = new();
    Task running = Task.CompletedTask;

    internal Lab Lab { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(Sample.Now);

    internal LogLines<ReconcilerWorker> Log { get; } = new();

    internal static ReconcilerWorkerOptions Options => new() { Interval = TimeSpan.FromHours(20), Jitter = 0, BeatInterval = TimeSpan.FromDays(10) };

    internal ReconcilerWorker Worker(ReconcilerWorkerOptions options, IReconciler? reconciler = null, IEventLog? events = null) =>
        new(reconciler ?? Lab.Reconciler, Lab.File, Lab.Runtime, Lab.Store, events ?? Lab.Store, HostId.Local, options, Clock, new Random(1), Log);

    /// <summary>Lets a worker run until it has passed once.</summary>
    internal async Task StartAsync(ReconcilerWorkerOptions options, IReconciler? reconciler = null, IEventLog? events = null)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = options.Alive;
        var watched = options with
        {
            Alive = () =>
            {
                try
                {
                    told?.Invoke();
                }
                finally
                {
                    passed.TrySetResult();
                }
            },
        };
        running = Task.Run(() => Worker(watched, reconciler, events).RunAsync(stop.Token));
        await passed.Task.WaitAsync(Patience);
    }

    /// <summary>Waits until the worker has ended by itself.</summary>
    internal Task EndedAsync() => running.WaitAsync(Patience);

    internal bool HasEnded => running.IsCompleted;

    internal async Task StopAsync()
    {
        await stop.CancelAsync();
        await EndedAsync();
    }

    internal Task SendAsync(string payload, string worker = "reconciler") => Lab.Store.CommitAsync(
        [new StateChange.Announce { Events = [new EventDraft(Topic.WorkerControl(worker), "control", payload)] }], Sample.Now);

    internal async Task<IReadOnlyList<DecnetEvent>> EventsAsync(string pattern) =>
        (await Lab.Store.ReadAsync(0, TopicPattern.Parse(pattern))).Events;

    /// <summary>Lets time go by until something has come about.</summary>
    internal async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step)
    {
        await Eventually.TrueAsync(() =>
        {
            if (condition())
            {
                return Task.FromResult(true);
            }

            Clock.Advance(step);
            return Task.FromResult(false);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        Lab.Dispose();
    }
}
