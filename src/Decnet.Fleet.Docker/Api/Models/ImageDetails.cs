namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>GET /images/{name}/json</c>, as far as it matters here.</summary>
internal sealed record ImageDetails
{
    public string? Id { get; init; }

    public string[]? RepoTags { get; init; }

    public string[]? RepoDigests { get; init; }

    public string? Os { get; init; }

    public string? Architecture { get; init; }

    public long? Size { get; init; }
}
