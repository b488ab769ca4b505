namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The networks that a container is attached to when it starts.</summary>
internal sealed record NetworkingConfig
{
    public IReadOnlyDictionary<string, EndpointSettings>? EndpointsConfig { get; init; }
}
