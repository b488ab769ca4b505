namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Reconciling;
using Microsoft.Extensions.Logging;

/// <summary>
/// A worker without passes: it registers, beats, and obeys <c>decnetd stop</c> as the reconciler does, and runs what it is given for as
/// long as it lives.
/// </summary>
internal sealed class ServiceWorker(LocalFleet local, ServiceNotifier notifier, string name, IReadOnlyList<IWorkerCompanion> tasks, ILogger logger)
{
    readonly ReconcilerWorkerOptions options = new() { Name = name, Alive = notifier.IsActive ? notifier.Alive : null };

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var told = cancellationToken.Register(notifier.Stopping);
        var control = new WorkerControl(local.Events, local.HostId, name);
        var beat = new WorkerBeat(local.Store, local.HostId, options, local.Clock, logger);
        var enduring = new EnduringTask(options.WatchRetry, local.Clock, logger);
        await control.BeginAsync(stopping.Token).ConfigureAwait(false);
        await beat.StartAsync(stopping.Token).ConfigureAwait(false);
        Task[] running =
        [
            enduring.RunAsync("Listening to control messages", token => ObeyAsync(control, stopping, token), null, stopping.Token),
            beat.RunAsync(stopping.Token),
            new WorkerPulse(options, local.Clock, logger).RunAsync(stopping.Token),
            .. tasks.Select(task => enduring.RunAsync($"The {task.Name}", token => Task.Run(() => task.RunAsync(token), token), null, stopping.Token)),
        ];
        notifier.Ready("Listening");
        await Task.WhenAll(running).ConfigureAwait(false);
        notifier.Stopping();
        await beat.StopAsync(control.RequestedBy).ConfigureAwait(false);
    }

    static async Task ObeyAsync(WorkerControl control, CancellationTokenSource stopping, CancellationToken cancellationToken)
    {
        if (await control.WaitForStopAsync(cancellationToken).ConfigureAwait(false))
        {
            await stopping.CancelAsync().ConfigureAwait(false);
        }
    }
}
