namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Inspecting;

/// <summary>Completes the statuses of hosts.</summary>
public sealed class HostStatusCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names() => Words.HostStatuses;
}
