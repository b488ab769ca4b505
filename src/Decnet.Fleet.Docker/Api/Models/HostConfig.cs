namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The part of a container that depends on the host.</summary>
internal sealed record HostConfig
{
    public string? NetworkMode { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public string[]? CapAdd { get; init; }

    public string[]? CapDrop { get; init; }

    public string[]? SecurityOpt { get; init; }

    public long? PidsLimit { get; init; }

    public long? Memory { get; init; }

    public long? MemorySwap { get; init; }

    public long? NanoCpus { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    public string[]? Binds { get; init; }

    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public bool? Init { get; init; }

    public LogConfig? LogConfig { get; init; }
}
