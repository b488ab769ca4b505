namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The networks of an inspected container. Older engines repeat the first one beside the map; 1.52 stopped that.</summary>
internal sealed record NetworkSettings
{
    public Dictionary<string, EndpointSettings>? Networks { get; init; }
}
