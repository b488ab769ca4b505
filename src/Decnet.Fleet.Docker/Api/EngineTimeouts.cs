namespace Decnet.Fleet.Docker.Api;

/// <summary>How long a request may take, from sending to the end of the answer, by what it asks of the engine.</summary>
public sealed record EngineTimeouts
{
    /// <summary>Asking: ping, version, lists, inspections.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan Query { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Changing: create, start, rename, remove, connect. An engine under load takes its time for these.</summary>
    /// <value>Default: 2 minutes.</value>
    public TimeSpan Change { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stream of progress (pull, load, build) may be silent.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Query, TimeSpan.Zero, nameof(Query));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Change, TimeSpan.Zero, nameof(Change));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Silence, TimeSpan.Zero, nameof(Silence));
    }
}
