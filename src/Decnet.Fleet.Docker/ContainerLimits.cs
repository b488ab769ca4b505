namespace Decnet.Fleet.Docker;

/// <summary>What one container may take of the host, so that an intruder in it cannot starve the rest.</summary>
public sealed record ContainerLimits
{
    /// <summary>How many processes and threads it may have; null for no limit.</summary>
    /// <value>Default: 256.</value>
    public long? PidsLimit { get; init; } = 256;

    /// <summary>How much memory it may use, in bytes, at least 6 MiB; null for no limit.</summary>
    /// <value>Default: 256 MiB.</value>
    public long? MemoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many processors' worth of time it may use, such as 0.5; null for no limit.</summary>
    /// <value>Default: null.</value>
    public double? Cpus { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (PidsLimit is <= 0)
        {
            yield return $"PidsLimit is {PidsLimit}: give a positive number, or null for no limit.";
        }

        if (MemoryBytes is < SmallestMemory)
        {
            yield return $"MemoryBytes is {MemoryBytes}: the engine refuses less than 6 MiB; null is no limit.";
        }

        if (Cpus is not null and not (> 0 and <= 1024))
        {
            yield return $"Cpus is {Cpus}: give a positive number of processors, or null for no limit.";
        }
    }

    const long SmallestMemory = 6L * 1024 * 1024;
}
