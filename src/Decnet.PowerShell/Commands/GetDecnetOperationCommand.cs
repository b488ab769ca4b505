namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Output;
using Decnet.Shell.Sessions;

/// <summary>Lists what was done to deckies, newest first.</summary>
/// <remarks>
/// <para>Each attempt to deploy, change or remove a decky is an operation, which ends as succeeded or failed. All conditions have to
/// hold. The database alone is read.</para>
/// <para>An id that no operation has is an error with the id OperationNotFound; a name without wildcards that neither an operation nor
/// a decky has is one with the id DeckyNotFound.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetOperation -Status failed -Last 5 | Format-List DeckyName, Kind, Error</code>
/// <para>Shows why the last five failures happened.</para>
/// </example>
/// <example>
/// <code>Get-DecnetOperation web-01 -Status pending, running | Wait-DecnetOperation</code>
/// <para>Waits until nobody works on web-01.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetOperation")]
[OutputType(typeof(Operation))]
public sealed class GetDecnetOperationCommand : DecnetCommand
{
    /// <summary>The names of the deckies; any when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeckyCompleter))]
    [Alias("DeckyName")]
    public string[]? Name { get; set; }

    /// <summary>The ids; any when none is given.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Guid[]? Id { get; set; }

    /// <summary>The statuses: pending, running, succeeded, failed; any when none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OperationStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>How many at most, the newest; all when it is not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Lists.</summary>
    protected override void ProcessRecord()
    {
        var statuses = Do(() => Words.Find(Status, Words.OperationStatuses, nameof(Status)));
        var isWanted = Name is null ? null : NamePattern.Fit(Name);
        WriteObject(Await(token => OperationList.ListAsync(Session, Id, statuses, isWanted, Last, token)), enumerateCollection: true);
        ReportUnknown();
    }

    void ReportUnknown()
    {
        if (Id is not null)
        {
            var found = Await(token => OperationList.ListAsync(Session, Id, null, null, null, token)).Select(operation => operation.Id).ToHashSet();
            foreach (var unknown in Id.Where(id => !found.Contains(id)).Distinct())
            {
                Fail(OperationList.NotFound(unknown));
            }
        }

        foreach (var name in Name?.Where(text => !WildcardPattern.ContainsWildcardCharacters(text)) ?? [])
        {
            var known = Await(token => KnownNames.DeckiesAsync(Session, token));
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !Await(token => OperationList.ListAsync(Session, null, null, other => other.Equals(name, StringComparison.OrdinalIgnoreCase), 1, token)).Any())
            {
                Fail(Faults.NotFound("Decky", name, known));
            }
        }
    }
}
