namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Building;
using Decnet.Shell.Flow;
using Decnet.Shell.Output;

/// <summary>Writes a fleet to a file: as an INI description, as JSON, or for docker compose.</summary>
/// <remarks>
/// <para>Without a fleet, the deployed one is written. Without a path, the text goes down the pipeline. The file is the old or the new
/// one at every moment; one that is there is replaced with -Force only.</para>
/// <para>Secrets in the settings of services are written as they are, since a description is of no use without them: keep the file where only
/// those can read it who may. What a format has no word for is a warning; JSON holds everything.</para>
/// </remarks>
/// <example>
/// <code>Export-DecnetFleet fleet.ini</code>
/// <para>Writes the deployed fleet as a description that builds the same fleet again.</para>
/// </example>
/// <example>
/// <code>Import-DecnetFleet office.ini | Export-DecnetFleet -As Compose | docker compose -p decnet -f - config</code>
/// <para>Shows what docker compose makes of a description.</para>
/// </example>
[Cmdlet(VerbsData.Export, "DecnetFleet", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportDecnetFleetCommand : DecnetCommand
{
    /// <summary>The file. Its ending says the format unless -As does: .ini, .json, or .yml and .yaml for docker compose.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The format: Ini, Json or Compose.</summary>
    /// <value>What the ending of the path says</value>
    [Parameter]
    [ValidateSet("Ini", "Json", "Compose")]
    public string? As { get; set; }

    /// <summary>The fleet; the deployed one when none is given.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public Fleet? Fleet { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Writes.</summary>
    protected override void ProcessRecord()
    {
        var path = Path is null ? null : PathOf(Path);
        var format = Do(() => FormatFor(path));
        var fleet = Fleet ?? Await(token => FleetReading.DeployedAsync(Session, warn: null, token));
        if (path is null)
        {
            WriteObject(Do(() => FleetExport.Write(Session, fleet, format, WriteWarning)));
        }
        else if (ShouldProcess(path, $"Write {fleet} as {format}"))
        {
            Do(() =>
            {
                FleetExport.Save(Session, fleet, format, path, Force, WriteWarning);
                return true;
            });
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }

    string FormatFor(string? path) => As ?? (path is null ? null : FleetExport.FormatOf(path)) ?? throw new FaultException(new Fault(
        "FormatUnknown",
        FaultCategory.InvalidArgument,
        path is null ? "Say with -As what to write: Ini, Json or Compose." : $"The ending of '{path}' does not say what to write. Use -As Ini, Json or Compose.",
        path));
}
