namespace Decnet.Fleet.Swarm.Clients;

using Decnet.Fleet.Model;

/// <summary>The other side is not who it should be, or does not take us for who we are. No request was sent.</summary>
/// <param name="peer">Whom the request was for.</param>
/// <param name="reason">A stable, lower-case identifier of what is wrong, such as <c>revoked</c>.</param>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class PeerRefusedException(string peer, string reason, string message, Exception? inner = null) : DecnetException(message, inner)
{
    /// <summary>Whom the request was for.</summary>
    public string Peer { get; } = peer;

    /// <summary>What is wrong, such as <c>revoked</c>.</summary>
    public string Reason { get; } = reason;

    /// <summary>The fingerprints that would have been accepted, separated by commas.</summary>
    /// <value>Default: null, it is not about fingerprints.</value>
    public string? Expected { get; init; }

    /// <summary>The fingerprint that was shown.</summary>
    /// <value>Default: null, none was.</value>
    public string? Actual { get; init; }
}
