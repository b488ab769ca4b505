namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Inspecting;

/// <summary>Completes the statuses of operations.</summary>
public sealed class OperationStatusCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names() => Words.OperationStatuses;
}
