namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Hosts;
using Decnet.Shell.Output;

/// <summary>Asks the agents of hosts whether they are there, and how they are.</summary>
/// <remarks>
/// <para>Each agent is asked once, over TLS with the certificate of the master, several at a time. The result says how long it took to
/// answer, and how many ends of operations the master has not taken yet. Of one that does not answer, or is not who it should be, it says
/// why: the property Reason has a word that scripts can tell apart, such as unreachable, revoked, expired or not_pinned, and Problem explains
/// it. That a host does not answer is a result, not an error.</para>
/// <para>It works on the machine of the master; elsewhere it ends with the error MasterMissing. A name without wildcards that no host has is
/// an error with the id HostNotFound, and with -Quiet it makes the answer false.</para>
/// </remarks>
/// <example>
/// <code>Test-DecnetHost | Where-Object -not Reachable</code>
/// <para>Shows the hosts that do not answer, and why.</para>
/// </example>
/// <example>
/// <code>if (Test-DecnetHost rack1-host -Quiet) { Deploy-DecnetFleet ./lab.ini -HostId rack1-host }</code>
/// <para>Deploys to a host when its agent answers.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "DecnetHost")]
[OutputType(typeof(HostTest), typeof(bool))]
public sealed class TestDecnetHostCommand : HostNamesCommand
{
    readonly List<string> gathered = [];

    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string[]? Name { get; set; }

    /// <summary>How many hosts are asked at the same time.</summary>
    /// <value>8</value>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = HostTests.DefaultLimit;

    /// <summary>Emits one answer for all: whether each of them is reachable.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Gathers names.</summary>
    protected override void ProcessRecord() => gathered.AddRange(Name ?? []);

    /// <summary>Asks.</summary>
    protected override void EndProcessing()
    {
        if (gathered.Count == 0 && MyInvocation.ExpectingInput)
        {
            // Whoever asks for the hosts of an empty list does not ask for all.
            return;
        }

        string[] hosts = [.. Select([.. gathered.Distinct()]).Select(host => host.HostId)];
        if (Quiet)
        {
            WriteObject(Await(token => HostTests.AllAnswerAsync(Session, hosts, ThrottleLimit, token)) && !HasUnknown);
            return;
        }

        Drain((outlet, token) => HostTests.RunAsync(Session, hosts, ThrottleLimit, outlet, token));
    }
}
