namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>The schemes of <see cref="DockerEndpoint.Address"/>, as Docker writes them.</summary>
internal static class EndpointScheme
{
    public const string Unix = "unix";

    public const string Pipe = "npipe";

    public const string Tcp = "tcp";

    /// <summary>The port of an engine that speaks plain text.</summary>
    public const int PlainPort = 2375;

    /// <summary>The port of an engine that speaks TLS.</summary>
    public const int TlsPort = 2376;
}
