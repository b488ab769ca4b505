namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>Where the output of a container goes.</summary>
internal sealed record LogConfig
{
    public string? Type { get; init; }

    public IReadOnlyDictionary<string, string>? Config { get; init; }
}
