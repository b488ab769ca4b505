namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Inspecting;

/// <summary>Completes the states of deckies.</summary>
public sealed class DeckyStateCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names() => Words.DeckyStates;
}
