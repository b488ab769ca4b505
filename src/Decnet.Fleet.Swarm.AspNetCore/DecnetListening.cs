namespace Decnet.Fleet.Swarm.AspNetCore;

using System.Net;
using Decnet.Fleet.Swarm.AspNetCore.Kestrel;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.AspNetCore.Server.Kestrel.Core;

/// <summary>
/// Has Kestrel listen as agents and masters do: TLS 1.2 or newer, certificates that are taken anew for each connection, so that
/// renewed and revoked ones count without a restart.
/// </summary>
public static class DecnetListening
{
    /// <summary>The most connections that an agent has at a time: its master needs few.</summary>
    const int AgentConnections = 64;

    /// <summary>The most connections that a master has at a time: each host keeps one.</summary>
    const int MasterConnections = 8192;

    /// <summary>Listens for the master. Only certificates of the fleet get through the handshake.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="site">The agent.</param>
    public static void ListenDecnetAgent(this KestrelServerOptions kestrel, IPEndPoint endpoint, AgentSite site)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(site);
        kestrel.ListenTls(endpoint, site.Handshake.Mutual());
    }

    /// <summary>Listens for hosts. Only certificates of the fleet get through the handshake.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="site">The master.</param>
    public static void ListenDecnetMaster(this KestrelServerOptions kestrel, IPEndPoint endpoint, MasterSite site)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(site);
        kestrel.ListenTls(endpoint, site.Handshake.Mutual());
    }

    /// <summary>Listens for those that want to be hosts. They show no certificate.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="site">The master.</param>
    public static void ListenDecnetEnrolment(this KestrelServerOptions kestrel, IPEndPoint endpoint, MasterSite site)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(site);
        kestrel.ListenTls(endpoint, site.Handshake.ServerOnly());
    }

    /// <summary>Gives a server that serves nothing else the limits of an agent: little time and room for those who mean harm.</summary>
    /// <param name="kestrel">The server.</param>
    public static void LimitAsDecnetAgent(this KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        SwarmLimits.Apply(kestrel, SwarmProtocol.MaxCommandBytes, AgentConnections);
    }

    /// <summary>Gives a server that serves nothing else the limits of a master: little time and room for those who mean harm.</summary>
    /// <param name="kestrel">The server.</param>
    public static void LimitAsDecnetMaster(this KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        SwarmLimits.Apply(kestrel, SwarmProtocol.MaxReportBytes, MasterConnections);
    }
}
