namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Backups;
using Decnet.Shell.Output;

/// <summary>Restores the fleet file from a backup or an earlier generation, or lists what it can be restored from.</summary>
/// <remarks>
/// <para>All of a backup is checked before anything is changed. Its fleet becomes a new generation, and the present one the previous, so that
/// nothing is lost and workers notice. Containers and rows follow with the next pass: see Get-DecnetPlan.</para>
/// <para>The database with rows, operations, suspensions and events is restored only with -Database, and only when no other process has it
/// open; else it is left as it is, with a warning, and the next pass makes its rows fit the fleet.</para>
/// <para>Errors: GenerationNotFound; GenerationIsCurrent, when there is nothing to restore; BackupNotFound; BackupInvalid, when the file is no
/// backup, is damaged, or a newer version made it; BackupOfOtherHost, unless -AllowOtherHost is given.</para>
/// </remarks>
/// <example>
/// <code>Restore-DecnetState -List</code>
/// <para>Lists the generations on the disk and the backups.</para>
/// </example>
/// <example>
/// <code>Restore-DecnetState -Generation 41 -WhatIf</code>
/// <para>Shows from which file generation 41 would be restored.</para>
/// </example>
/// <example>
/// <code>Restore-DecnetState -Path /srv/backups/decnet.zip -Database</code>
/// <para>Restores a backup with its database.</para>
/// </example>
[Cmdlet(VerbsData.Restore, "DecnetState", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Path")]
[OutputType(typeof(StateBackup))]
public sealed class RestoreDecnetStateCommand : DecnetCommand
{
    /// <summary>The path of a backup or of a kept fleet file, as -List shows it. With -List, the folder with backups.</summary>
    /// <value>with -List, the folder backups in the state folder</value>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "List", Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The generation: the previous one, or that of a backup in the folder backups of the state folder; the newest of several.</summary>
    [Parameter(ParameterSetName = "Generation", Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    public long Generation { get; set; }

    /// <summary>Restores the database of a backup too.</summary>
    [Parameter(ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "Generation")]
    public SwitchParameter Database { get; set; }

    /// <summary>Restores the backup of another host too.</summary>
    [Parameter(ParameterSetName = "Path")]
    public SwitchParameter AllowOtherHost { get; set; }

    /// <summary>Lists generations and backups, and restores nothing.</summary>
    [Parameter(ParameterSetName = "List", Mandatory = true)]
    public SwitchParameter List { get; set; }

    /// <summary>Restores, or lists.</summary>
    protected override void ProcessRecord()
    {
        var path = Path is null ? null : PathOf(Path);
        if (List)
        {
            Drain((outlet, token) => StateArchive.ListAsync(Session, path, outlet, token));
            return;
        }

        var found = Await(token => path is null
            ? StateRestoration.FindAsync(Session, Generation, token)
            : StateRestoration.FindAsync(Session, path, token));
        if (ShouldProcess("the fleet file", $"Restore generation {found.Generation} with {found.Deckies} deckies from {found.Path}"))
        {
            Drain((outlet, token) => StateRestoration.RestoreAsync(Session, found, Database, AllowOtherHost, outlet, token));
        }
    }
}
