namespace Decnet.PowerShell.Commands;

using System.Collections;
using System.Management.Automation;
using System.Net;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Building;
using Decnet.Shell.Output;

/// <summary>Describes deckies, and touches nothing.</summary>
/// <remarks>
/// <para>The result is a description: no file is written, no interface looked at and no engine asked. Deploy-DecnetFleet brings it up.</para>
/// <para>Addresses are given one by one, or chosen in a subnet, where network, broadcast, gateway and host addresses are left out. Names
/// are made of the prefix and a number unless they are given. With the same seed, chance makes the same choices. All faults of a request are
/// reported at once, and then nothing is described.</para>
/// <para>Settings of services are checked against the fields that Get-DecnetService shows. Secrets may be given as SecureString or as
/// PSCredential, whose password is taken; they are never displayed.</para>
/// </remarks>
/// <example>
/// <code>New-DecnetDecky -Count 3 -Archetype linux-server -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed 1</code>
/// <para>Describes three Linux servers with addresses of the subnet; each time the same ones.</para>
/// </example>
/// <example>
/// <code>New-DecnetDecky -Name files-01 -Service smb, ssh -IPAddress 198.18.30.50 -ServiceConfig @{ ssh = @{ password = Read-Host -AsSecureString } } | Deploy-DecnetFleet</code>
/// <para>Describes a file server with a password that is asked for, and deploys it.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DecnetDecky", DefaultParameterSetName = SubnetSet)]
[OutputType(typeof(Decky))]
public sealed class NewDecnetDeckyCommand : DecnetCommand
{
    const string SubnetSet = "Subnet";
    const string AddressSet = "Address";

    /// <summary>How many; as many as there are names or addresses when it is not given, else 1.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 65534)]
    public int Count { get; set; }

    /// <summary>The names: DNS labels of lower-case letters, digits and hyphens.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("DeckyName")]
    public string[]? Name { get; set; }

    /// <summary>What the names begin with; a number follows.</summary>
    /// <value>decky</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NamePrefix { get; set; }

    /// <summary>The services that each has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [Alias("Services")]
    public string[]? Service { get; set; }

    /// <summary>The role that each plays, which says its services and its looks.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArchetypeCompleter))]
    public string? Archetype { get; set; }

    /// <summary>Lets chance choose the services.</summary>
    [Parameter]
    public SwitchParameter RandomizeService { get; set; }

    /// <summary>The Linux distributions, in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DistroCompleter))]
    public string[]? Distro { get; set; }

    /// <summary>Lets chance choose the distributions.</summary>
    [Parameter]
    public SwitchParameter RandomizeDistro { get; set; }

    /// <summary>The addresses, one for each.</summary>
    [Parameter(ParameterSetName = AddressSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("IP")]
    public IPAddress[]? IPAddress { get; set; }

    /// <summary>The network to choose addresses in, such as 198.18.30.0/24.</summary>
    [Parameter(ParameterSetName = SubnetSet, ValueFromPipelineByPropertyName = true)]
    public IPNetwork? Subnet { get; set; }

    /// <summary>The gateway of the network, which no decky gets.</summary>
    [Parameter(ParameterSetName = SubnetSet, ValueFromPipelineByPropertyName = true)]
    public IPAddress? Gateway { get; set; }

    /// <summary>The address of the host, which no decky gets.</summary>
    [Parameter(ParameterSetName = SubnetSet)]
    public IPAddress? HostIP { get; set; }

    /// <summary>The first address that may be chosen; that of the subnet when it is not given.</summary>
    [Parameter(ParameterSetName = SubnetSet)]
    public IPAddress? FirstIP { get; set; }

    /// <summary>How often the services change, in whole minutes; never when it is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public TimeSpan? MutateInterval { get; set; }

    /// <summary>The settings, by service and by key: @{ ssh = @{ password = $secret } }. They hold for each decky that has the service.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ServiceConfig { get; set; }

    /// <summary>The host that runs the deckies, by name or id; the one that deploys them when it is not given. It is looked for when they are deployed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string? HostId { get; set; }

    /// <summary>What everything left to chance starts from, so that it can be repeated.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Describes.</summary>
    protected override void ProcessRecord()
    {
        var deckies = Do(() => DeckyMaker.Make(
            new DeckyRequest
            {
                Count = Count != 0 ? Count : Name is null && IPAddress is null ? 1 : null,
                Names = Name,
                NamePrefix = NamePrefix,
                Services = Service,
                Archetype = Archetype,
                RandomizeServices = RandomizeService,
                Distros = Distro,
                RandomizeDistros = RandomizeDistro,
                Addresses = IPAddress,
                Subnet = Subnet,
                Gateway = Gateway,
                HostAddress = HostIP,
                FirstAddress = FirstIP,
                MutateInterval = MutateInterval,
                ServiceConfig = ServiceSettings.Read(ServiceConfig),
                HostId = HostId,
                Seed = Seed,
            },
            WriteWarning));
        WriteObject(deckies, enumerateCollection: true);
    }
}
