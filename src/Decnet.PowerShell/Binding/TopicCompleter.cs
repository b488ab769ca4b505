namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Sessions;

/// <summary>Completes patterns of topics: the families there are, and the topics of deckies that are recorded or in the fleet file.</summary>
public sealed class TopicCompleter : NameCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected override IEnumerable<string> Names()
    {
        using var patience = new CancellationTokenSource(Patience);
        return Task.Run(() => KnownNames.TopicsAsync(DecnetSession.Current, patience.Token)).GetAwaiter().GetResult();
    }
}
