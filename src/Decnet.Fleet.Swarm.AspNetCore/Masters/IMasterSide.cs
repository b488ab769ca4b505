namespace Decnet.Fleet.Swarm.AspNetCore.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What the endpoints of a master call for its hosts.</summary>
internal interface IMasterSide
{
    /// <summary>Whom hosts trust.</summary>
    TrustBundle Trust { get; }

    /// <summary>Looks a host up.</summary>
    /// <returns>The host; null when the fleet does not have it.</returns>
    Task<FleetHost?> FindHostAsync(HostId host, CancellationToken cancellationToken);

    /// <summary>Takes note that a host uses its next certificate, after which the former one is not good any more.</summary>
    Task AdoptAsync(FleetHost host, CancellationToken cancellationToken);

    /// <summary>Takes a report; on return it is stored.</summary>
    Task ReceiveAsync(HostId peer, HostReport report, CancellationToken cancellationToken);

    /// <summary>Takes the last words of a host that has removed itself; on return they are stored.</summary>
    Task FarewellAsync(HostId peer, HostFarewell farewell, CancellationToken cancellationToken);

    /// <summary>Gives a host a certificate for a new key.</summary>
    Task<RenewalReply> RenewAsync(HostId peer, RenewalRequest request, CancellationToken cancellationToken);
}
