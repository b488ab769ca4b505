namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Inspecting;
using Decnet.Shell.Sessions;

/// <summary>Completes the names of workers.</summary>
public sealed class WorkerCompleter : NameCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected override IEnumerable<string> Names()
    {
        using var patience = new CancellationTokenSource(Patience);
        return Task.Run(() => Workers.ListAsync(DecnetSession.Current, patience.Token)).GetAwaiter().GetResult().Select(worker => worker.Name).Distinct();
    }
}
