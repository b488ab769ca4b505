namespace Decnet.Fleet.Docker.Api;

/// <summary>The engine's requests, by what they are about.</summary>
internal sealed class EngineClient(EngineConnection connection) : IDisposable
{
    internal EngineConnection Connection => connection;

    internal SystemCalls System { get; } = new(connection);

    internal ContainerCalls Containers { get; } = new(connection);

    internal NetworkCalls Networks { get; } = new(connection);

    public void Dispose() => connection.Dispose();
}
