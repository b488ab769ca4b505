namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Output;

/// <summary>Shows what is recorded of deckies: state, reason, address and services.</summary>
/// <remarks>
/// <para>The database alone is read; no engine is asked. Rows are as new as the last work or pass over them: LastSeen tells when
/// containers were last seen, and Invoke-DecnetReconcile brings rows up to date.</para>
/// <para>A name without wildcards that no decky has is an error with the id DeckyNotFound. When there is no database yet, there are no
/// rows, and that is no error.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetDecky -State degraded, failed | Format-Table Name, State, Reason</code>
/// <para>Shows the deckies that are not well, and why.</para>
/// </example>
/// <example>
/// <code>Get-DecnetDecky web-* -HostId local | Suspend-DecnetDecky -Reason 'switch is being replaced'</code>
/// <para>Leaves the web servers of this host alone for a while.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetDecky")]
[OutputType(typeof(DeckyRow))]
public sealed class GetDecnetDeckyCommand : DeckyNamesCommand
{
    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeckyCompleter))]
    [Alias("DeckyName")]
    public override string[]? Name { get; set; }

    /// <summary>The states: pending, running, degraded, failed, torn_down, tearing_down, teardown_failed, also written as TornDown; any when none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeckyStateCompleter))]
    public string[]? State { get; set; }

    /// <summary>The hosts that run the deckies; any when none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string[]? HostId { get; set; }

    /// <summary>Shows.</summary>
    protected override void EndProcessing()
    {
        var states = Do(() => Words.Find(State, Words.DeckyStates, nameof(State)));
        var all = Await(token => DeckyRows.ListAsync(Session, token));
        var named = IsUnnamed ? all : Select(all, row => row.Name);
        foreach (var row in NamePattern.Select(named, row => row.HostId, HostId, _ => { }))
        {
            if (states is null || states.Contains(row.State))
            {
                WriteObject(row);
            }
        }
    }
}
