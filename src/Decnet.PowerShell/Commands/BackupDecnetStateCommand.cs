namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Backups;
using Decnet.Shell.Output;

/// <summary>Makes a backup of the state folder, or lists what it can be restored from.</summary>
/// <remarks>
/// <para>A backup is one zip file with the fleet file, a copy of the database if there is one, and a manifest with checksums. It is made while
/// everything is in use. It holds the secrets of the fleet as they are: keep it as you keep the fleet file. Its mode is 0640.</para>
/// <para>Errors: BackupExists, when the file is there and -Force is not given; FleetFileMissing, when there is no fleet file that can be read.</para>
/// </remarks>
/// <example>
/// <code>Backup-DecnetState</code>
/// <para>Makes a backup in the folder backups of the state folder, with host, generation and time in its name.</para>
/// </example>
/// <example>
/// <code>Backup-DecnetState -Path /srv/backups/decnet.zip -Force</code>
/// <para>Makes a backup in a file of this name, and replaces one that is there.</para>
/// </example>
/// <example>
/// <code>Backup-DecnetState -List</code>
/// <para>Lists the generations on the disk and the backups.</para>
/// </example>
[Cmdlet(VerbsData.Backup, "DecnetState", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Create")]
[OutputType(typeof(StateBackup))]
public sealed class BackupDecnetStateCommand : DecnetCommand
{
    /// <summary>A folder that is there, or the path of the file, which ends with .zip. With -List, the folder with backups.</summary>
    /// <value>the folder backups in the state folder</value>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter(ParameterSetName = "Create")]
    public SwitchParameter Force { get; set; }

    /// <summary>Lists generations and backups, and makes none.</summary>
    [Parameter(ParameterSetName = "List", Mandatory = true)]
    public SwitchParameter List { get; set; }

    /// <summary>Makes the backup, or lists.</summary>
    protected override void EndProcessing()
    {
        var path = Path is null ? null : PathOf(Path);
        if (List)
        {
            Drain((outlet, token) => StateArchive.ListAsync(Session, path, outlet, token));
        }
        else if (ShouldProcess(path ?? StateArchive.FolderOf(Session), "Make a backup of the state"))
        {
            WriteObject(Await(token => StateArchive.CreateAsync(Session, path, Force, token)));
        }
    }
}
