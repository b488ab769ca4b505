namespace Decnet.Fleet.Swarm.AspNetCore.Peers;

using Microsoft.AspNetCore.Http;

/// <summary>Judges who asks, before anything of a request but its first lines was read.</summary>
internal interface IPeerGate
{
    /// <summary>Lets the peer in.</summary>
    /// <returns>Who it is.</returns>
    /// <exception cref="Requests.ProblemException">It is not let in.</exception>
    ValueTask<AdmittedPeer> AdmitAsync(HttpContext context);
}
