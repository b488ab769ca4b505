namespace Decnet.Fleet.Reconciling;

/// <summary>Something that a <see cref="ReconcilerWorker"/> runs beside its passes, at its own pace. A failure is logged, and it is begun anew after a while.</summary>
public interface IWorkerCompanion
{
    /// <summary>What it is, for the log: <c>mutation</c>.</summary>
    string Name { get; }

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends with it.</returns>
    Task RunAsync(CancellationToken cancellationToken);
}
