namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Output;

/// <summary>Tells workers of this host to end after the pass under way.</summary>
/// <remarks>
/// <para>The cmdlet asks through the database, and does not wait unless -Timeout is given. Nothing keeps the fleet as it should be
/// afterwards; containers run on. Whatever started the worker, such as systemd, may start it again.</para>
/// <para>A name that no running worker of this host has is an error with the id WorkerNotFound. A worker that has not ended when the
/// time is over is one with the id WorkerTimeout: it may still end, unless its process has died.</para>
/// </remarks>
/// <example>
/// <code>Stop-DecnetWorker reconciler -Timeout 00:00:10 -PassThru</code>
/// <para>Waits until the reconciler has ended, and shows it.</para>
/// </example>
/// <example>
/// <code>Get-DecnetWorker | Where-Object Status -eq alive | Stop-DecnetWorker -WhatIf</code>
/// <para>Tells which workers would be stopped.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "DecnetWorker", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void), typeof(Worker))]
public sealed class StopDecnetWorkerCommand : DecnetCommand
{
    /// <summary>The names of the workers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WorkerCompleter))]
    public string[]? Name { get; set; }

    /// <summary>How long to wait for each until it has ended.</summary>
    /// <value>Not at all</value>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Emits the workers, as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Tells them.</summary>
    protected override void ProcessRecord()
    {
        var session = Session;
        Worker[] running = [.. Await(token => Workers.ListAsync(session, token)).Where(worker => Workers.CanStop(session, worker))];
        var names = running.Select(worker => worker.Name).Distinct().ToArray();
        foreach (var name in NamePattern.Select(names, name => name, Name, missing => Fail(Faults.NotFound("Worker", missing, names))).ToArray())
        {
            if (ShouldProcess(name, "Stop"))
            {
                DrainItem(name, (outlet, token) => Workers.StopAsync(session, name, Timeout, PassThru, outlet, token));
            }
        }
    }
}
