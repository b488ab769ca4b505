namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>GET /containers/{id}/json</c>, as far as it matters here.</summary>
internal sealed record ContainerDetails
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The id of the image that it was made from.</summary>
    public string? Image { get; init; }

    public int? RestartCount { get; init; }

    public ContainerStateDetails? State { get; init; }

    public ContainerConfigDetails? Config { get; init; }

    public HostConfig? HostConfig { get; init; }

    public NetworkSettings? NetworkSettings { get; init; }
}
