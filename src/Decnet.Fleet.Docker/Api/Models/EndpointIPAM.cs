namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The address that a container asks for.</summary>
internal sealed record EndpointIPAM
{
    public string? IPv4Address { get; init; }
}
