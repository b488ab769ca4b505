namespace Decnet.Fleet.Docker.Api;

using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;

/// <summary>The engine's requests, by what they are about.</summary>
internal sealed class EngineClient(EngineConnection connection) : IDisposable
{
    internal EngineConnection Connection => connection;

    internal SystemCalls System { get; } = new(connection);

    internal ContainerCalls Containers { get; } = new(connection);

    internal NetworkCalls Networks { get; } = new(connection);

    internal ImageCalls Images { get; } = new(connection);

    /// <summary>Makes a client. Nothing is sent before the first request.</summary>
    /// <param name="endpoint">Where the engine is.</param>
    /// <param name="timeouts">How long requests may take; null for the defaults.</param>
    /// <param name="pinned">The version to speak; null to agree on one.</param>
    /// <param name="clock">Measures the time; null for that of the system.</param>
    /// <param name="transport">The limits of the connections; null for the defaults.</param>
    internal static EngineClient Create(
        DockerEndpoint endpoint,
        EngineTimeouts? timeouts = null,
        ApiVersion? pinned = null,
        TimeProvider? clock = null,
        TransportOptions? transport = null)
    {
        clock ??= TimeProvider.System;
        var handler = EngineTransport.Create(endpoint, transport ?? new TransportOptions(), clock);
        return new EngineClient(new EngineConnection(endpoint, handler, timeouts ?? new EngineTimeouts(), pinned, clock));
    }

    public void Dispose() => connection.Dispose();
}
