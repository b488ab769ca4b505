namespace Decnet.Daemon.Hosting;

using System.Globalization;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Reconciling;

/// <summary>Runs a worker under a service manager, and tells the manager how it is.</summary>
internal sealed class WorkerWatch(ServiceNotifier notifier) : IProgress<ReconcileResult>, IProgress<ReconcilePlan>
{
    /// <summary>How long a pass that repairs may last before the worker counts as stuck: it may have to pull images.</summary>
    static readonly TimeSpan LongestRepair = TimeSpan.FromMinutes(15);

    /// <summary>Told of each pass.</summary>
    internal required Action<ReconcileResult> Passed { get; init; }

    /// <summary>Told of each new plan of a worker in shadow mode.</summary>
    internal required Action<ReconcilePlan> Planned { get; init; }

    /// <summary>Told of each pass, too.</summary>
    IProgress<ReconcileResult>? listener;

    internal Task RunAsync(LocalFleet host, ReconcilerWorkerOptions options, CancellationToken cancellationToken) =>
        RunAsync(host, options, null, cancellationToken);

    internal async Task RunAsync(
        LocalFleet host, ReconcilerWorkerOptions options, IProgress<ReconcileResult>? passes, CancellationToken cancellationToken)
    {
        listener = passes;
        var watched = options with
        {
            Passes = this,
            Plans = this,
            Alive = notifier.IsActive ? notifier.Alive : null,
            StuckAfter = options.Pass.Repair == RepairMode.Off ? options.StuckAfter : LongestRepair,
        };
        var worker = host.MakeWorker(watched);
        using var stopping = cancellationToken.Register(notifier.Stopping);
        // Before the first pass: what that waits for, such as an engine that starts, is no reason to be killed.
        notifier.Ready("Starting");
        await worker.RunAsync(cancellationToken).ConfigureAwait(false);
        notifier.Stopping();
    }

    public void Report(ReconcileResult value)
    {
        notifier.Status(Describe(value));
        listener?.Report(value);
        Passed(value);
    }

    public void Report(ReconcilePlan value)
    {
        notifier.Status(string.Create(CultureInfo.InvariantCulture, $"Would do {value.Steps.Count} steps, with {value.Holds.Count} holds"));
        Planned(value);
    }

    static string Describe(ReconcileResult result) =>
        result.Held ? $"Held: {result.HoldReason}"
        : result.HasFailures ? "The last pass had failures; see the log"
        : result.IsConverged ? "Converged"
        : string.Create(CultureInfo.InvariantCulture, $"The last pass did {result.Steps.Count} steps");
}
