namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Sessions;

/// <summary>Completes the names of hosts of the fleet.</summary>
public sealed class HostCompleter : NameCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected override IEnumerable<string> Names()
    {
        using var patience = new CancellationTokenSource(Patience);
        return Task.Run(() => KnownNames.HostsAsync(DecnetSession.Current, patience.Token)).GetAwaiter().GetResult();
    }
}
