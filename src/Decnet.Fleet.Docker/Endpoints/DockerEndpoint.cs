namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>Where a Docker engine listens.</summary>
public sealed record DockerEndpoint
{
    /// <summary>
    /// The address: <c>unix:///var/run/docker.sock</c>, <c>npipe://./pipe/docker_engine</c> or <c>tcp://host:2376</c>.
    /// </summary>
    public required Uri Address { get; init; }

    /// <summary>How to speak TLS with it; null for plain text. Ignored with sockets and pipes.</summary>
    public DockerTls? Tls { get; init; }

    /// <summary>Where this endpoint comes from, for messages: <c>DOCKER_HOST</c>, <c>the docker context 'lab'</c>.</summary>
    /// <value>Default: <c>the program</c>.</value>
    public string Source { get; init; } = "the program";
}
