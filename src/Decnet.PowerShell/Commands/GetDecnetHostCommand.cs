namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Output;

/// <summary>Lists the hosts of the fleet, as its master knows them.</summary>
/// <remarks>
/// <para>A host is enrolled until its agent first reports, and active as long as it does. It counts as silent when it has not been heard of
/// for 90 seconds, and as lost when the master has given it up. The database of the master alone is read; Test-DecnetHost asks the
/// agents themselves.</para>
/// <para>A name without wildcards that no host has is an error with the id HostNotFound.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetHost -Status silent, lost</code>
/// <para>Shows the hosts that have not been heard of.</para>
/// </example>
/// <example>
/// <code>Get-DecnetHost rack1-* | Test-DecnetHost</code>
/// <para>Asks the agents of some hosts whether they are there.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetHost")]
[OutputType(typeof(FleetHost))]
public sealed class GetDecnetHostCommand : HostNamesCommand
{
    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The statuses: enrolled, active, silent, lost; any when none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Lists.</summary>
    protected override void ProcessRecord()
    {
        var statuses = Do(() => Words.Find(Status, Words.HostStatuses, nameof(Status)));
        WriteObject(Select(Name).Where(host => statuses?.Contains(host.Status) != false), enumerateCollection: true);
    }
}
