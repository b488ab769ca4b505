namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>How a network gives out addresses.</summary>
internal sealed record NetworkIPAM
{
    public string? Driver { get; init; }

    public NetworkPool[]? Config { get; init; }
}
