namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Building;
using Decnet.Shell.Output;

/// <summary>Shows the deployed fleet: what the fleet file says, its generation and its condition.</summary>
/// <remarks>
/// <para>This is what should be. Get-DecnetDecky shows what is recorded, Compare-DecnetFleet where the two and the engine differ. No
/// engine is asked.</para>
/// <para>Without a fleet file the error is FleetFileMissing, with a damaged one FleetFileCorrupt; Restore-DecnetState brings a former
/// generation back.</para>
/// </remarks>
/// <example>
/// <code>(Get-DecnetFleet).Deckies</code>
/// <para>Lists the deckies of the deployed fleet.</para>
/// </example>
/// <example>
/// <code>Get-DecnetFleet | Format-List Generation, Condition, Path</code>
/// <para>Shows which generation is in force and how its file is.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetFleet")]
[OutputType(typeof(Fleet))]
public sealed class GetDecnetFleetCommand : DecnetCommand
{
    /// <summary>Shows.</summary>
    protected override void EndProcessing() =>
        DrainItem(nameof(Fleet), async (outlet, token) => outlet.Write(await FleetReading.DeployedAsync(Session, outlet.Warn, token).ConfigureAwait(false)));
}
