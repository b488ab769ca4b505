namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Output;

/// <summary>Lists the workers that keep fleets as they should be.</summary>
/// <remarks>
/// <para>A worker, such as decnetd reconcile, tells every 30 seconds that it is alive. It counts as stale when it has not been heard of for
/// 90 seconds, and as stopped when it has ended in good order. The database alone is read.</para>
/// <para>A name without wildcards that no worker has is an error with the id WorkerNotFound.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetWorker | Where-Object Status -ne alive</code>
/// <para>Shows the workers that do not work.</para>
/// </example>
/// <example>
/// <code>Get-DecnetWorker reconciler | Stop-DecnetWorker</code>
/// <para>Tells the reconciler of this host to end.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetWorker")]
[OutputType(typeof(Worker))]
public sealed class GetDecnetWorkerCommand : DecnetCommand
{
    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WorkerCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Lists.</summary>
    protected override void ProcessRecord()
    {
        var all = Await(token => Workers.ListAsync(Session, token));
        var names = all.Select(worker => worker.Name).Distinct();
        WriteObject(NamePattern.Select(all, worker => worker.Name, Name, name => Fail(Faults.NotFound("Worker", name, names))), enumerateCollection: true);
    }
}
