namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>How a container is attached to a network.</summary>
internal sealed record EndpointSettings
{
    public EndpointIPAM? IPAMConfig { get; init; }

    public string? MacAddress { get; init; }

    public string? NetworkID { get; init; }

    public string? IPAddress { get; init; }

    public string? Gateway { get; init; }
}
