namespace Decnet.Fleet.Swarm.Clients;

using Decnet.Fleet.Model;

/// <summary>No answer was had: the request may be made again, as it is.</summary>
/// <param name="peer">Whom it was for, such as <c>web-host (198.18.4.7:8765)</c>.</param>
/// <param name="message">What happened, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class PeerUnreachableException(string peer, string message, Exception? inner = null) : DecnetException(message, inner)
{
    /// <summary>Whom the request was for.</summary>
    public string Peer { get; } = peer;

    /// <summary>How long the other side asks to wait before the next attempt.</summary>
    /// <value>Default: null, it did not say.</value>
    public TimeSpan? RetryAfter { get; init; }
}
