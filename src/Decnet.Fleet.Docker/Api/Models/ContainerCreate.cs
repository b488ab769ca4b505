namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The body of <c>POST /containers/create</c>.</summary>
internal sealed record ContainerCreate
{
    public required string Image { get; init; }

    public string? Hostname { get; init; }

    public string[]? Cmd { get; init; }

    public string[]? Entrypoint { get; init; }

    public string[]? Env { get; init; }

    /// <summary>Whether it gets a terminal.</summary>
    public bool? Tty { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>See <see cref="WithMacAddress"/>.</summary>
    public string? MacAddress { get; init; }

    public string? StopSignal { get; init; }

    public int? StopTimeout { get; init; }

    public HostConfig? HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }

    /// <summary>
    /// Sets the MAC address where the engine looks for it. Up to API 1.43 that is here, and the one of the endpoint is ignored
    /// without a word. Since 1.44 it is the endpoint; one here as well must be the same and causes a warning, and since 1.52
    /// it is an error.
    /// </summary>
    /// <param name="address">The address, such as <c>02:42:c6:13:00:0a</c>.</param>
    /// <param name="network">The network that the container starts in.</param>
    /// <param name="version">The version that the container is made with.</param>
    internal ContainerCreate WithMacAddress(string address, string network, ApiVersion version)
    {
        if (version < new ApiVersion(1, 44))
        {
            return this with { MacAddress = address };
        }

        var endpoints = new Dictionary<string, EndpointSettings>(NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, EndpointSettings>());
        endpoints[network] = (endpoints.GetValueOrDefault(network) ?? new EndpointSettings()) with { MacAddress = address };
        return this with { NetworkingConfig = new NetworkingConfig { EndpointsConfig = endpoints } };
    }
}
