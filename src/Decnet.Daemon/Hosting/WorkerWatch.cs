namespace Decnet.Daemon.Hosting;

using System.Globalization;
using Decnet.Fleet.Reconciling;

/// <summary>Runs a worker under a service manager, and tells the manager how it is.</summary>
internal sealed class WorkerWatch(ServiceNotifier notifier, Action<ReconcileResult> passed) : IProgress<ReconcileResult>
{
    internal async Task RunAsync(DaemonHost host, ReconcilerWorkerOptions options, CancellationToken cancellationToken)
    {
        var worker = new ReconcilerWorker(
            host.Reconciler, host.File, host.Runtime, host.Store, host.Events, host.HostId, options with { Passes = this }, host.Clock, logger: host.Logger<ReconcilerWorker>());
        using var stopping = cancellationToken.Register(notifier.Stopping);
        // Before the first pass: what it waits for, such as an engine that starts, is no reason to be killed.
        notifier.Ready("Starting");
        await worker.RunAsync(cancellationToken).ConfigureAwait(false);
        notifier.Stopping();
    }

    public void Report(ReconcileResult value)
    {
        notifier.Alive();
        notifier.Status(Describe(value));
        passed(value);
    }

    static string Describe(ReconcileResult result) =>
        result.Held ? $"Held: {result.HoldReason}"
        : result.HasFailures ? "The last pass had failures; see the log"
        : result.IsConverged ? "Converged"
        : string.Create(CultureInfo.InvariantCulture, $"The last pass did {result.Steps.Count} steps");
}
