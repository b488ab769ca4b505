namespace Decnet.Fleet.Swarm.AspNetCore.Masters;

using System.Net;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What the endpoint for those calls that want to be hosts.</summary>
internal interface IEnrolmentSide
{
    /// <summary>Whether anybody is expected.</summary>
    Task<bool> IsOpenAsync(CancellationToken cancellationToken);

    /// <summary>Makes one a host of the fleet.</summary>
    Task<EnrolmentReply> EnrollAsync(EnrolmentRequest request, IPAddress remote, CancellationToken cancellationToken);
}
