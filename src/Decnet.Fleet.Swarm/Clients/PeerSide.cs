namespace Decnet.Fleet.Swarm.Clients;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Pki;

/// <summary>What a connection stands on: who calls, and by what the other side is judged.</summary>
/// <param name="identity">Who calls; null for one that has no certificate yet.</param>
/// <param name="ground">What the judgement depends on, compared by value.</param>
/// <param name="judge">Judges the certificate that the other side shows; null when it is right.</param>
internal sealed class PeerSide(HostIdentity? identity, object ground, Func<string, X509Certificate2?, PeerRefusedException?> judge)
{
    internal HostIdentity? Identity { get; } = identity;

    /// <summary>The side of one that has a certificate, and knows who the other one must be.</summary>
    internal static PeerSide Pinned(HostIdentity identity, PeerPolicy policy, PeerExpectation expected) =>
        new(identity, (policy, expected), (peer, certificate) => Refusal(peer, policy.Judge(certificate, expected)));

    /// <summary>Whether a connection that was made for the one is as good for the other.</summary>
    internal bool IsAsGoodAs(PeerSide other) => ReferenceEquals(Identity, other.Identity) && ground.Equals(other.Ground);

    /// <exception cref="PeerRefusedException">The other side is not who it should be.</exception>
    internal void Judge(string peer, X509Certificate2? certificate)
    {
        if (judge(peer, certificate) is { } refusal)
        {
            throw refusal;
        }
    }

    internal static PeerRefusedException? Refusal(string peer, PeerVerdict verdict) => verdict.IsAccepted ? null : new PeerRefusedException(
        peer, verdict.Code!, $"{peer} is not who it should be: {verdict.Reason}. Nothing was sent. {Fix(verdict.Refusal!.Value)}")
    {
        Expected = verdict.Expected?.ToString(),
        Actual = verdict.Fingerprint,
    };

    object Ground => ground;

    static string Fix(PeerRefusal refusal) => refusal switch
    {
        PeerRefusal.NotYetValid or PeerRefusal.Expired => "Set the clocks of both hosts, or enrol the host again.",
        PeerRefusal.NotPinned => "If it was enrolled anew, or its certificate replaced while this side was away, enrol it again; else somebody stands between.",
        _ => "See that the address is right, and that nobody stands between.",
    };
}
