namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>A running container that is attached to a network.</summary>
internal sealed record NetworkMember
{
    public string? Name { get; init; }

    public string? MacAddress { get; init; }

    public string? IPv4Address { get; init; }
}
