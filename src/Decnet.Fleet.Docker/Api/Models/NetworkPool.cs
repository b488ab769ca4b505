namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>A pool of addresses.</summary>
internal sealed record NetworkPool
{
    public string? Subnet { get; init; }

    public string? IPRange { get; init; }

    public string? Gateway { get; init; }
}
