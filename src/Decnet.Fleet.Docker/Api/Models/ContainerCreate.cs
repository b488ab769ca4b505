namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The body of <c>POST /containers/create</c>.</summary>
internal sealed record ContainerCreate
{
    public required string Image { get; init; }

    public string? Hostname { get; init; }

    public string[]? Cmd { get; init; }

    public string[]? Entrypoint { get; init; }

    public string[]? Env { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Accepted here up to API 1.43; later only in <see cref="EndpointSettings.MacAddress"/>.</summary>
    public string? MacAddress { get; init; }

    public int? StopTimeout { get; init; }

    public HostConfig? HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }
}
