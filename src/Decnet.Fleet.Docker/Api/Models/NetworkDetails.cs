namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>A network, as the lists and <c>GET /networks/{id}</c> show it. Only the latter shows the containers.</summary>
internal sealed record NetworkDetails
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Driver { get; init; }

    public string? Scope { get; init; }

    public NetworkIPAM? IPAM { get; init; }

    public Dictionary<string, string>? Options { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, NetworkMember>? Containers { get; init; }
}
