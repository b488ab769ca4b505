namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Reconciling;

/// <summary>Listens to the passes of a worker (<see cref="ReconcilerWorkerOptions.Passes"/>), and remembers what keeps them from telling how the deckies are.</summary>
public sealed class PassWatch : IProgress<ReconcileResult>
{
    volatile string? problem;

    /// <summary>What kept the last pass from it, such as an engine that does not answer.</summary>
    /// <value>Null when nothing did, or there was no pass yet.</value>
    public string? Problem => problem;

    /// <inheritdoc/>
    public void Report(ReconcileResult value)
    {
        ArgumentNullException.ThrowIfNull(value);

        // Of other holds, such as a fleet file that is not there yet, the states of deckies are known nevertheless.
        problem = value.Holds.FirstOrDefault(hold => hold.Kind == HoldKind.RuntimeUnreachable)?.Reason;
    }
}
