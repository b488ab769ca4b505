namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Flow;

/// <summary>Turns faults into error records.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord Of(Fault fault) =>
        new(fault.Error as FaultException ?? new FaultException(fault), fault.Id, Enum.Parse<ErrorCategory>(fault.Category.ToString()), fault.Target);
}
