namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Output;

/// <summary>Waits until operations have ended, and emits each when it has.</summary>
/// <remarks>
/// <para>It does not matter which process works on them. An operation that fails is emitted like any other: look at its Status and
/// Error. The database alone is read.</para>
/// <para>When the time is over, each operation that has not ended is an error with the id OperationTimeout; it is not cancelled. An id
/// that no operation has is an error with the id OperationNotFound. Without -Timeout, the wait for an operation whose process has
/// died lasts until somebody else works on the fleet, or its deadline is swept by a worker.</para>
/// </remarks>
/// <example>
/// <code>$work = Deploy-DecnetFleet ./lab.ini -NoWait; $work | Wait-DecnetOperation -Timeout 00:02:00</code>
/// <para>Waits at most two minutes for a deployment.</para>
/// </example>
/// <example>
/// <code>Wait-DecnetOperation -Name web-* -Timeout 00:01:00</code>
/// <para>Waits at most a minute until nobody works on the web servers any more.</para>
/// </example>
/// <example>
/// <code>Get-DecnetOperation -Status running | Wait-DecnetOperation -Timeout 0</code>
/// <para>Looks once whether what runs has ended.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "DecnetOperation", DefaultParameterSetName = IdSet)]
[OutputType(typeof(Operation))]
public sealed class WaitDecnetOperationCommand : DecnetCommand
{
    const string IdSet = "Id";
    const string NameSet = "Name";

    readonly List<Guid> ids = [];

    /// <summary>The ids of the operations; operations bind by their property.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Guid[]? Id { get; set; }

    /// <summary>The deckies whose open operations are waited for; there may be none.</summary>
    [Parameter(ParameterSetName = NameSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeckyCompleter))]
    [Alias("DeckyName")]
    public string[]? Name { get; set; }

    /// <summary>How long to wait at most; zero looks once.</summary>
    /// <value>For ever</value>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Checks the time.</summary>
    protected override void BeginProcessing() => Do(() => Timeout is { } timeout && timeout < TimeSpan.Zero
        ? throw new FaultException(new Fault("TimeoutInvalid", FaultCategory.InvalidArgument, "A time-out is zero at least.", timeout))
        : true);

    /// <summary>Gathers.</summary>
    protected override void ProcessRecord() => ids.AddRange(Id ?? []);

    /// <summary>Waits.</summary>
    protected override void EndProcessing()
    {
        if (Name is not null)
        {
            var isWanted = NamePattern.Fit(Name);
            var open = Await(token => OperationList.ListAsync(Session, ids: null, OperationList.Open, isWanted, last: null, token));
            ids.AddRange(open.Select(operation => operation.Id));
        }

        Drain((outlet, token) => OperationWait.RunAsync(Session, ids, Timeout, outlet, token));
    }
}
