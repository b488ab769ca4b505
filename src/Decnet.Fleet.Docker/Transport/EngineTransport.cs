namespace Decnet.Fleet.Docker.Transport;

using System.Net;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>Makes the handler through which requests reach an engine.</summary>
internal static class EngineTransport
{
    /// <summary>
    /// Makes a handler with a bounded pool of connections. Requests go to <see cref="DockerEndpoint.RequestBase"/>.
    /// No proxy, cookie, redirect, compression or trace header comes between: the engine knows none of them.
    /// </summary>
    /// <param name="endpoint">Where the engine is.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">Measures the time of connecting.</param>
    /// <returns>The handler, which the caller disposes.</returns>
    /// <exception cref="DockerEndpointException">The scheme of the address is not one of the three.</exception>
    public static SocketsHttpHandler Create(DockerEndpoint endpoint, TransportOptions options, TimeProvider time)
    {
        options.Validate();
        EngineConnector connector = new(endpoint, options, time);
        return new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => connector.ConnectAsync(cancellationToken),
            ConnectTimeout = Timeout.InfiniteTimeSpan, // The connector has its own, which names what did not answer.
            MaxConnectionsPerServer = options.MaxConnections,
            PooledConnectionIdleTimeout = options.IdleTimeout,
            // A host name may come to mean another address, and client certificates are renewed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            // Enough for the end of an answer whose value was read; more is a stream that was given up.
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(500),
        };
    }
}
