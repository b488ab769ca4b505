namespace Decnet.Fleet.Swarm.AspNetCore;

using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.AspNetCore.Agents;
using Decnet.Fleet.Swarm.AspNetCore.Kestrel;
using Decnet.Fleet.Swarm.AspNetCore.Peers;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>An agent as web endpoints serve it: what it does, who it is, and whom it lets in.</summary>
public sealed class AgentSite
{
    /// <summary>Puts it together for a host that is enrolled.</summary>
    /// <param name="folder">The state folder, whose folder <c>pki</c> has the certificates.</param>
    /// <param name="service">What the agent does.</param>
    /// <param name="selfDestruct">What takes orders to remove the host; null to refuse them.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logs">Where it logs; null for nowhere.</param>
    /// <exception cref="PkiException">The host is not enrolled, or a file is wrong.</exception>
    public AgentSite(
        StateFolder folder,
        AgentService service,
        Func<SelfDestructCommand, CancellationToken, Task<SelfDestructReply>>? selfDestruct = null,
        TimeProvider? clock = null,
        ILoggerFactory? logs = null)
        : this(HostPki.Open(PkiFolder.Of(folder), clock ?? TimeProvider.System, logs?.CreateLogger<AgentSite>()), new AgentSide(service, selfDestruct), clock, logs)
    {
    }

    internal AgentSite(HostPki pki, IAgentSide side, TimeProvider? clock = null, ILoggerFactory? logs = null, TimeSpan? bodyLimit = null)
    {
        clock ??= TimeProvider.System;
        var logger = (logs ?? NullLoggerFactory.Instance).CreateLogger("Decnet.Agent");
        Handshake = new PeerHandshake(() => PeerTrust.Of(pki.Current), logger, clock);
        Mapping = new AgentMapping(side, new SwarmEndpoint(new MasterGate(() => pki.Current), new RequestBody(clock, bodyLimit ?? SwarmLimits.Body), logger));
    }

    internal PeerHandshake Handshake { get; }

    internal AgentMapping Mapping { get; }
}
