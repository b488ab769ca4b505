namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Output;
using Decnet.Shell.Reconciling;

/// <summary>Compares the fleet with its file, for the deckies that are named.</summary>
public abstract class ComparisonCommand : DeckyNamesCommand
{
    /// <summary>The names of deckies; all, and strays, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("DeckyName")]
    [ArgumentCompleter(typeof(DeckyCompleter))]
    public sealed override string[]? Name { get; set; }

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
