namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using System.Net;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Deploying;
using Decnet.Shell.Flow;
using Decnet.Shell.Output;

/// <summary>Brings deckies up, and emits one operation for each when it ends.</summary>
/// <remarks>
/// <para>The deckies come through the pipeline, as a fleet, or from a file. They are added to the present fleet: a decky that the fleet
/// has already takes the configuration that is given, and all others stay. With -Replace, the fleet becomes exactly what is given.
/// Deckies that are as they should be are not touched and emit nothing; -Verbose tells of them.</para>
/// <para>The network is that of the parameters; else that of the present fleet if it has deckies; else the one that the deckies were
/// described in; else that of this host. A fleet that has deckies keeps its network: remove it first to change that. A bridge is a network
/// inside the host, and good for labs.</para>
/// <para>On the machine of a master, deckies may run on other hosts of the fleet: on the one that a decky names (-HostId of New-DecnetDecky), else on
/// that of -HostId here, else, when they are new, where -Placement says. A decky that is deployed stays on its host; to have it on another one is an
/// error with the id FleetDeckyElsewhere until it is removed. A host chooses addresses of its own network, and its operations are emitted when it
/// reports them, which decnetd master takes. A name that no host has is an error with the id HostNotFound.</para>
/// <para>Before anything is done, everything is checked and each change is put to -Confirm and -WhatIf; deckies that are declined are
/// left as they are. Then the fleet file is written, and containers follow. A decky that cannot be brought up ends as a failed operation
/// and an error with the id OperationFailed, and the others go on. What is wrong with the request as a whole, such as
/// FleetDuplicateAddress or FleetNetworkDiffers, is told by one error for each fault, and then nothing is done.</para>
/// <para>Ctrl-C cancels the work: operations that have not ended fail with an error that begins with cancelled, and the same command goes on
/// from there. FleetLocked says that somebody else works on the fleet, FleetMoved that it was changed since the questions were asked.</para>
/// </remarks>
/// <example>
/// <code>New-DecnetDecky -Count 3 -Archetype linux-server -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet -Interface eth0</code>
/// <para>Adds three Linux servers to the LAN behind eth0.</para>
/// </example>
/// <example>
/// <code>Deploy-DecnetFleet -Path ./lab.ini -Driver Bridge -Replace -WhatIf</code>
/// <para>Tells what it would take to make the fleet what the file describes, and does nothing.</para>
/// </example>
/// <example>
/// <code>Deploy-DecnetFleet ./lab.ini -NoWait | Wait-DecnetOperation -Timeout 00:05:00</code>
/// <para>Begins to deploy, and waits no longer than five minutes.</para>
/// </example>
/// <example>
/// <code>New-DecnetDecky -Count 12 -Archetype linux-server -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 | Deploy-DecnetFleet -Placement RoundRobin</code>
/// <para>Deals twelve servers over the hosts that are active.</para>
/// </example>
[Cmdlet("Deploy", "DecnetFleet", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = DeckySet)]
[OutputType(typeof(Operation))]
public sealed class DeployDecnetFleetCommand : DecnetCommand
{
    const string DeckySet = "Decky";
    const string FleetSet = "Fleet";
    const string PathSet = "Path";

    readonly List<Decky> deckies = [];
    readonly List<Fleet> fleets = [];

    /// <summary>The deckies, as New-DecnetDecky describes them or a fleet has them.</summary>
    [Parameter(ParameterSetName = DeckySet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Decky[]? Decky { get; set; }

    /// <summary>The fleet, as Import-DecnetFleet or Get-DecnetFleet gives it; one only.</summary>
    [Parameter(ParameterSetName = FleetSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Fleet? Fleet { get; set; }

    /// <summary>The file that describes the fleet: an INI text, or a document that ends with .json.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The interface of this host that the deckies are attached to. Not used with Bridge.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Interface { get; set; }

    /// <summary>The network of the fleet, such as 198.18.30.0/24.</summary>
    [Parameter]
    public IPNetwork? Subnet { get; set; }

    /// <summary>The gateway of the network.</summary>
    [Parameter]
    public IPAddress? Gateway { get; set; }

    /// <summary>How deckies are attached: Macvlan gives each a hardware address of its own on the LAN, Ipvlan shares that of the interface, as Wi-Fi needs it, and Bridge is a network inside the host.</summary>
    /// <value>Macvlan, unless the fleet says otherwise</value>
    [Parameter]
    [ValidateSet("Macvlan", "Ipvlan", "Bridge")]
    public string? Driver { get; set; }

    /// <summary>The host of all deckies that name none, by name or id.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string? HostId { get; set; }

    /// <summary>Where deckies go that are new and name no host: Local leaves them on this machine, RoundRobin deals them over the active hosts, each to the one with the fewest.</summary>
    /// <value>Local</value>
    [Parameter]
    [ValidateSet("Local", "RoundRobin")]
    public string? Placement { get; set; }

    /// <summary>Makes the fleet exactly what is given: other deckies are removed.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>How many deckies are worked on at the same time.</summary>
    /// <value>4</value>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Emits the operations when they are recorded, and does not wait for their end. The work goes on in this process, until Disconnect-Decnet or its end.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>What choices that the INI text leaves to chance start from, so that they can be repeated.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public int? Seed { get; set; }

    /// <summary>Gathers what is deployed.</summary>
    protected override void ProcessRecord()
    {
        deckies.AddRange(Decky ?? []);
        if (Fleet is not null)
        {
            fleets.Add(Fleet);
        }
    }

    /// <summary>Deploys.</summary>
    protected override void EndProcessing()
    {
        if (Path is null && fleets.Count == 0 && deckies.Count == 0)
        {
            return;
        }

        var request = Do(MakeRequest);
        var deployment = Await(token => Deployment.PlanAsync(Session, request, token));
        foreach (var warning in deployment.Warnings)
        {
            WriteWarning(warning);
        }

        var declined = new List<string>();
        var isWanted = false;
        foreach (var change in deployment.Changes)
        {
            if (change.IsNothing)
            {
                WriteVerbose($"{change.DeckyName}: {change.Action}");
            }
            else if (ShouldProcess(change.DeckyName, change.Action))
            {
                isWanted = true;
            }
            else
            {
                declined.Add(change.DeckyName);
            }
        }

        if (isWanted)
        {
            Drain((outlet, token) => deployment.RunAsync(declined, outlet, token));
        }
    }

    DeployRequest MakeRequest() => new()
    {
        Deckies = ParameterSetName == DeckySet ? deckies : null,
        Fleet = fleets.Count < 2
            ? fleets.FirstOrDefault()
            : throw new FaultException(new Fault(
                "FleetNotSingle", FaultCategory.InvalidArgument, "More than one fleet was given. Deploy one at a time, or give the deckies of all: $fleets.Deckies.")),
        Path = Path is null ? null : PathOf(Path),
        Interface = Interface,
        Subnet = Subnet,
        Gateway = Gateway,
        Driver = Driver,
        HostId = HostId,
        Placement = Placement,
        Replace = Replace,
        ThrottleLimit = ThrottleLimit,
        NoWait = NoWait,
        Seed = Seed,
    };
}
