namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Output;

/// <summary>Tells whether the fleet is as its file says.</summary>
/// <remarks>
/// <para>True when Compare-DecnetFleet finds no difference, for all deckies or for those that are named together. A name that no decky has
/// is an error, and makes the answer false.</para>
/// <para>Nothing is changed. Without a readable fleet file (FleetFileMissing, FleetFileCorrupt) or engine (EngineUnreachable) there is an
/// error that ends the cmdlet, and no answer.</para>
/// </remarks>
/// <example>
/// <code>if (-not (Test-DecnetFleet)) { Compare-DecnetFleet }</code>
/// <para>Shows the differences when there are any.</para>
/// </example>
/// <example>
/// <code>Test-DecnetFleet -Name web-01</code>
/// <para>Tells whether one decky is as it should be.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "DecnetFleet")]
[OutputType(typeof(bool))]
public sealed class TestDecnetFleetCommand : ComparisonCommand
{
    private protected override void Write(IReadOnlyList<Drift> drifts) => WriteObject(drifts.Count == 0 && !HasUnknown);
}
