namespace Decnet.Fleet.Hosting;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;

/// <summary>
/// What makes a local fleet one of many hosts: the authority in the folder <c>pki</c> of its state folder, the hosts that were
/// enrolled, and the ways to their agents. What is not used is not made: the authority is first read by what needs it.
/// </summary>
/// <remarks>All members may be used by several threads. It belongs to the <see cref="LocalFleet"/> and ends with it.</remarks>
public sealed class MasterFleet
{
    readonly LocalFleet local;
    readonly Lazy<MasterPki> pki;
    readonly Lazy<AgentClient> agents;
    readonly Lazy<HostRegistry> hosts;

    internal MasterFleet(LocalFleet local)
    {
        this.local = local;

        // What fails is tried anew the next time: files may have been put right.
        pki = new Lazy<MasterPki>(() => MasterPki.Open(PkiFolder.Of(local.Options.Folder), local.Clock, Logs.CreateLogger("Pki")), LazyThreadSafetyMode.PublicationOnly);
        agents = new Lazy<AgentClient>(() => new AgentClient(() => Pki.Current, local.Clock));
        Certificates = new FleetAuthority(() => Pki);
        hosts = new Lazy<HostRegistry>(() => new HostRegistry(local.Store, local.File, local.Work, Certificates, local.Clock, Logs.CreateLogger<HostRegistry>()));
    }

    /// <summary>The hosts: who they are, how they are, and how they leave.</summary>
    public HostRegistry Hosts => hosts.Value;

    /// <summary>Speaks to the agents, with the master's certificate.</summary>
    public IAgentClient Agents => local.Options.Agents ?? agents.Value;

    /// <summary>The authority, which signs and revokes the certificates of hosts.</summary>
    public IHostCertificates Certificates { get; }

    /// <summary>What hosts are told to expect of the authority when they enrol: <c>sha256:HEX</c>.</summary>
    /// <exception cref="PkiException">The authority cannot be read.</exception>
    public string AuthorityFingerprint => CertificateFingerprint.Text(Pki.Current.AuthorityFingerprint);

    /// <summary>The files of the authority and of the master's certificate, followed as they change.</summary>
    /// <exception cref="PkiException">They cannot be read.</exception>
    internal MasterPki Pki => pki.Value;

    ILoggerFactory Logs => local.Options.Logs;

    /// <summary>Tells whether a state folder is that of a master, as far as this process may see.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>True when it has an authority, and the certificate of a master.</returns>
    public static bool IsIn(StateFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var files = PkiFolder.Of(folder);
        return files.Has(PkiFolder.Authority) && new KeyPairFiles(files, KeyPairFiles.Master).Exists;
    }

    /// <summary>Makes what lets hosts join.</summary>
    /// <param name="masterPort">The port on which the master takes the reports of hosts, which hosts are told.</param>
    /// <returns>The desk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is no port.</exception>
    public EnrolmentDesk OpenDesk(int masterPort = SwarmProtocol.MasterPort) => new(
        local.Store,
        Certificates,
        new EnrolmentOptions { HostId = local.HostId, MasterPort = masterPort },
        local.Clock,
        Logs.CreateLogger<EnrolmentDesk>());

    /// <summary>Says which host runs which decky of a fleet that is to be deployed.</summary>
    /// <param name="wanted">The fleet. Its deckies may name hosts by identity or by name.</param>
    /// <param name="present">The fleet that there is; a decky of it keeps its host.</param>
    /// <param name="rule">Where deckies go that are new and name no host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet, where every decky of another host names it by its identity.</returns>
    /// <exception cref="FleetValidationException">A decky names a host that is not there, or there is no active host to deal to. The error has every reason.</exception>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<Fleet> PlaceAsync(Fleet wanted, DesiredState present, PlacementRule rule, CancellationToken cancellationToken = default)
    {
        var known = await Hosts.ListAsync(cancellationToken).ConfigureAwait(false);
        return HostPlacement.Place(wanted, (present as DesiredState.Known)?.Fleet, known, local.HostId, rule, local.Clock.GetUtcNow());
    }

    /// <summary>The ways to work on deckies of other hosts.</summary>
    internal PlacementStrategies MakeStrategies() =>
        SwarmStrategies.Create(local.Store, Agents, local.Options.Swarm, local.Clock, logger: Logs.CreateLogger("Master"));

    /// <summary>Closes the connections to agents.</summary>
    internal void Close()
    {
        if (agents.IsValueCreated)
        {
            agents.Value.Dispose();
        }
    }
}
