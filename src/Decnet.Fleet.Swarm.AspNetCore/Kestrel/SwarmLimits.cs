namespace Decnet.Fleet.Swarm.AspNetCore.Kestrel;

using Microsoft.AspNetCore.Server.Kestrel.Core;

/// <summary>What a server gives one who may mean harm: little time, little room.</summary>
internal static class SwarmLimits
{
    /// <summary>How long the whole body of a request may take.</summary>
    internal static readonly TimeSpan Body = TimeSpan.FromSeconds(30);

    /// <summary>Applies to all endpoints of a server.</summary>
    /// <param name="options">The server.</param>
    /// <param name="maxBytes">The longest body that any of its endpoints reads.</param>
    /// <param name="maxConnections">How many connections it has at most at a time.</param>
    internal static void Apply(KestrelServerOptions options, int maxBytes, int maxConnections)
    {
        var limits = options.Limits;
        options.AddServerHeader = false;
        limits.MaxConcurrentConnections = maxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = maxBytes;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than the pause between two reports of a host, so that they go over one connection.
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MaxRequestHeaderCount = 50;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.Http2.MaxStreamsPerConnection = 16;
    }
}
