namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using Decnet.Fleet.Swarm.AspNetCore.Peers;
using Microsoft.AspNetCore.Http;

/// <summary>A request whose peer was let in.</summary>
/// <param name="Context">The request.</param>
/// <param name="Peer">Who asks.</param>
internal readonly record struct SwarmCall(HttpContext Context, AdmittedPeer Peer)
{
    /// <summary>Ends when nobody waits for the answer any more.</summary>
    internal CancellationToken CancellationToken => Context.RequestAborted;
}
