namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The body of <c>POST /networks/create</c>.</summary>
internal sealed record NetworkCreate
{
    public required string Name { get; init; }

    /// <summary>Older engines allow two networks of one name without it; since API 1.44 it is ignored and always so.</summary>
    public bool CheckDuplicate { get; init; } = true;

    public required string Driver { get; init; }

    public NetworkIPAM? IPAM { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
