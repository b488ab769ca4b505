namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The state of an inspected container.</summary>
internal sealed record ContainerStateDetails
{
    public string? Status { get; init; }

    public bool? Running { get; init; }

    public int? Pid { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why it could not be started.</summary>
    public string? Error { get; init; }

    public bool? OOMKilled { get; init; }

    public string? StartedAt { get; init; }

    public string? FinishedAt { get; init; }
}
