namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;

/// <summary>The fleet has no such host: it was never enrolled, or has left.</summary>
/// <param name="host">The identity or name that was asked for.</param>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class UnknownHostException(string host, string message) : DecnetException(message)
{
    /// <summary>The identity or name that was asked for.</summary>
    public string Host { get; } = host;

    internal static UnknownHostException Reporting(HostId host) => new(
        host, $"The master does not know the host '{host}': it has left the fleet, or was enrolled elsewhere. Enrol it again, if it belongs to this fleet.");
}
