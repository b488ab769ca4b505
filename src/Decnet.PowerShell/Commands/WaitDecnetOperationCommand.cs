namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
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
/// <code>Get-DecnetOperation -Status running | Wait-DecnetOperation -Timeout 0</code>
/// <para>Looks once whether what runs has ended.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "DecnetOperation")]
[OutputType(typeof(Operation))]
public sealed class WaitDecnetOperationCommand : DecnetCommand
{
    readonly List<Guid> ids = [];

    /// <summary>The ids of the operations; operations bind by their property.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Guid[]? Id { get; set; }

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
    protected override void EndProcessing() => Drain((outlet, token) => OperationWait.RunAsync(Session, ids, Timeout, outlet, token));
}
