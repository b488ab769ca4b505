namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>GET /info</c>, as far as it matters here.</summary>
internal sealed record EngineInfo
{
    public string? ServerVersion { get; init; }

    public string? OperatingSystem { get; init; }

    public string? OSType { get; init; }

    public string? KernelVersion { get; init; }

    public string? Driver { get; init; }

    public int? NCPU { get; init; }

    public long? MemTotal { get; init; }

    public bool? MemoryLimit { get; init; }

    public bool? PidsLimit { get; init; }

    public string[]? SecurityOptions { get; init; }

    public string[]? Warnings { get; init; }
}
