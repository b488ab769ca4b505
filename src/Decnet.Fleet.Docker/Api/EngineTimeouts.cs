namespace Decnet.Fleet.Docker.Api;

/// <summary>How long a request may take, from sending to the end of the answer, by what it asks of the engine. Each is at most a day.</summary>
public sealed record EngineTimeouts
{
    /// <summary>Asking: ping, version, lists, inspections.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan Query { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Changing: create, start, rename, remove, connect. An engine under load takes its time for these.</summary>
    /// <value>Default: 2 minutes.</value>
    public TimeSpan Change { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stream of progress (pull, load, build) may be silent. As a whole it has no limit.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    internal IEnumerable<string> Faults() =>
        from time in new[] { (Name: nameof(Query), Value: Query), (Name: nameof(Change), Value: Change), (Name: nameof(Silence), Value: Silence) }
        where time.Value <= TimeSpan.Zero || time.Value > TimeSpan.FromDays(1)
        select $"{time.Name} is {time.Value}: give more than nothing and at most a day.";
}
