namespace Decnet.Fleet.Swarm.Pki;

using Decnet.Fleet.Model;

/// <summary>What <see cref="PeerPolicy"/> thinks of a peer: accepted with a role, or refused with a reason.</summary>
internal sealed record PeerVerdict
{
    PeerVerdict()
    {
    }

    /// <summary>Why it is refused; null when it is accepted.</summary>
    internal PeerRefusal? Refusal { get; private init; }

    /// <summary>What is wrong, as the end of a sentence; null when it is accepted.</summary>
    internal string? Reason { get; private init; }

    /// <summary>What the peer is; null when it is refused.</summary>
    internal LeafRole? Role { get; private init; }

    /// <summary>The fingerprint of what it showed; null when it showed nothing.</summary>
    internal string? Fingerprint { get; private init; }

    /// <summary>The fingerprints that were expected; null when it is not about them.</summary>
    internal ValueList<string>? Expected { get; private init; }

    internal bool IsAccepted => Refusal is null;

    internal static PeerVerdict Accepted(LeafRole role, string fingerprint) => new() { Role = role, Fingerprint = fingerprint };

    internal static PeerVerdict Refused(PeerRefusal refusal, string reason, string? fingerprint = null, ValueList<string>? expected = null) =>
        new() { Refusal = refusal, Reason = reason, Fingerprint = fingerprint, Expected = expected };

    /// <summary>The reason as a stable identifier: <c>not_yet_valid</c>.</summary>
    internal string? Code => Refusal is { } refusal ? Token<PeerRefusal>.Of(refusal) : null;
}
