namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>Where a Docker engine listens.</summary>
public sealed record DockerEndpoint
{
    /// <summary>
    /// The address: <c>unix:///var/run/docker.sock</c>, <c>npipe://./pipe/docker_engine</c> or <c>tcp://host:2376</c>.
    /// A TCP address without a port means 2375, and 2376 with <see cref="Tls"/>.
    /// </summary>
    public required Uri Address { get; init; }

    /// <summary>How to speak TLS with it; null for plain text. Ignored with sockets and pipes.</summary>
    /// <value>Default: null.</value>
    public DockerTls? Tls { get; init; }

    /// <summary>Where this endpoint comes from, for messages: <c>DOCKER_HOST</c>, <c>the docker context 'lab'</c>.</summary>
    /// <value>Default: <c>the program</c>.</value>
    public string Source { get; init; } = "the program";

    /// <summary>Reads an address as the docker command does; without a scheme it is that of a TCP port.</summary>
    /// <param name="address"><c>unix:///var/run/docker.sock</c>, <c>npipe://./pipe/docker_engine</c> or <c>tcp://host:2375</c>.</param>
    /// <returns>The endpoint, without TLS. A TCP address without a port gets 2375.</returns>
    /// <exception cref="DockerEndpointException">It is not an address that an engine can be reached by; <c>ssh://</c> is none.</exception>
    public static DockerEndpoint Parse(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        return EndpointParser.Parse(address, "the program", tls: null);
    }

    internal string SocketPath => Uri.UnescapeDataString(Address.AbsolutePath);

    internal string PipeServer => Address.Host.Length == 0 ? "." : Address.Host;

    internal string PipeName
    {
        get
        {
            string path = Uri.UnescapeDataString(Address.AbsolutePath).Trim('/');
            return path.StartsWith("pipe/", StringComparison.OrdinalIgnoreCase) ? path["pipe/".Length..] : path;
        }
    }

    internal int Port => Address.Port > 0 ? Address.Port : Tls is null ? EndpointScheme.PlainPort : EndpointScheme.TlsPort;

    /// <summary>What requests are made against: <c>http://docker/</c> for sockets and pipes, <c>http(s)://host:port/</c> for TCP.</summary>
    internal Uri RequestBase => Address.Scheme == EndpointScheme.Tcp
        ? new UriBuilder(Tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, Address.Host, Port).Uri
        : new Uri("http://docker/");

    /// <summary>The address as Docker writes it, with the port of a TCP address.</summary>
    /// <returns><c>tcp://host:2376</c>.</returns>
    public override string ToString() => Address.Scheme switch
    {
        EndpointScheme.Unix => $"unix://{SocketPath}",
        EndpointScheme.Pipe => $"npipe://{PipeServer}/pipe/{PipeName}",
        EndpointScheme.Tcp => $"tcp://{Address.Host}:{Port}",
        _ => Address.OriginalString,
    };
}
