namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Sessions;

/// <summary>Completes the names of deckies that are recorded or in the fleet file.</summary>
public sealed class DeckyCompleter : NameCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected override IEnumerable<string> Names()
    {
        using var patience = new CancellationTokenSource(Patience);
        return Task.Run(() => KnownNames.DeckiesAsync(DecnetSession.Current, patience.Token)).GetAwaiter().GetResult();
    }
}
