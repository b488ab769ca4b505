namespace Decnet.Fleet.Model;

/// <summary>A long-running process that registered itself, with its last sign of life.</summary>
public sealed record Worker
{
    /// <summary>How long after its last beat a worker counts as stale: 90 seconds.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(90);

    /// <summary>The name, such as <c>reconciler</c>. Its topics are <c>system.NAME.health</c> and <c>system.NAME.control</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The host it runs on. With <see cref="Name"/>, the key.</summary>
    public required HostId HostId { get; init; }

    /// <summary>Its process id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last beat.</summary>
    public required DateTimeOffset LastBeat { get; init; }

    /// <summary>When it last read the container runtime with success.</summary>
    /// <value>Default: null, never.</value>
    public DateTimeOffset? LastObserved { get; init; }

    /// <summary>When it ended in an orderly way.</summary>
    /// <value>Default: null, it has not.</value>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>How it is at a given time.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The status.</returns>
    public WorkerStatus StatusAt(DateTimeOffset now) =>
        StoppedAt is not null ? WorkerStatus.Stopped
        : now - LastBeat > StaleAfter ? WorkerStatus.Stale
        : WorkerStatus.Alive;
}
