namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Output;

/// <summary>Tells in what the fleet differs from its file.</summary>
/// <remarks>
/// <para>One object for each difference: of containers that are missing, stopped, changed or too many, of rows that lack or are out of date,
/// and of containers with our labels that belong to no decky. The rules are those of Invoke-DecnetReconcile -Repair Recreate, so that a
/// fleet without differences is one that a pass has nothing to do for. Suspensions and waits between repairs hide nothing. An operation
/// that is under way is a difference of its own, operation_open, since its decky cannot be judged. Deckies of other hosts are judged by what
/// these have reported to the master: one that does not run is decky_not_running, one that nothing was heard of row_missing.</para>
/// <para>Nothing is changed. Without a readable fleet file (FleetFileMissing, FleetFileCorrupt) or engine (EngineUnreachable) there is an
/// error that ends the cmdlet, and not the answer that nothing differs.</para>
/// </remarks>
/// <example>
/// <code>Compare-DecnetFleet | Export-Csv drift.csv</code>
/// <para>Keeps the differences of the night.</para>
/// </example>
/// <example>
/// <code>Compare-DecnetFleet web-* | Where-Object Kind -like container_*</code>
/// <para>Shows what is wrong with the containers of some deckies.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "DecnetFleet")]
[OutputType(typeof(Drift))]
public sealed class CompareDecnetFleetCommand : ComparisonCommand
{
    private protected override void Write(IReadOnlyList<Drift> drifts) => WriteObject(drifts, enumerateCollection: true);
}
