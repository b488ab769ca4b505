namespace Decnet.PowerShell.Commands;

using Decnet.Shell.Output;
using Decnet.Shell.Reconciling;

/// <summary>Compares the fleet with its file, for the deckies that are named.</summary>
public abstract class ComparisonCommand : DeckyNamesCommand
{
    /// <summary>Compares. One look at the engine serves all names.</summary>
    protected sealed override void EndProcessing()
    {
        if (IsEmpty)
        {
            // Whoever asks for the deckies of an empty list does not ask for all.
            return;
        }

        var comparison = Await(token => FleetComparison.MakeAsync(Session, token));
        var selected = (IsUnnamed ? comparison.DeckyNames : Select(comparison.DeckyNames)).ToHashSet(StringComparer.Ordinal);
        Write([.. comparison.Drifts.Where(drift => selected.Contains(drift.DeckyName))]);
    }

    /// <summary>Puts out what was found.</summary>
    /// <param name="drifts">The differences of the deckies that were asked for.</param>
    private protected abstract void Write(IReadOnlyList<Drift> drifts);
}
