namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>When the engine itself starts a container again.</summary>
internal sealed record RestartPolicy
{
    public string? Name { get; init; }

    public int? MaximumRetryCount { get; init; }
}
