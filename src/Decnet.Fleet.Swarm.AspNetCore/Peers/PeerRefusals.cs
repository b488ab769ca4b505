namespace Decnet.Fleet.Swarm.AspNetCore.Peers;

using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Pki;

internal static class PeerRefusals
{
    /// <summary>What a peer is told whose certificate is not good enough, though TLS let it through.</summary>
    internal static ProblemException Of(PeerVerdict verdict) => Problems.Make(
        403,
        $"peer-{verdict.Code?.Replace('_', '-')}",
        "The peer is not who it should be",
        $"The connection of this request was refused: {verdict.Reason}.");
}
