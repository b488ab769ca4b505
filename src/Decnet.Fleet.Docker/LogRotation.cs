namespace Decnet.Fleet.Docker;

/// <summary>How much of a container's output the engine keeps, in files of JSON.</summary>
public sealed record LogRotation
{
    /// <summary>The size at which a file is full, in bytes.</summary>
    /// <value>Default: 10 MiB.</value>
    public long MaxFileBytes { get; init; } = 10L * 1024 * 1024;

    /// <summary>How many files are kept.</summary>
    /// <value>Default: 5.</value>
    public int MaxFiles { get; init; } = 5;

    internal IEnumerable<string> Faults()
    {
        if (MaxFileBytes <= 0)
        {
            yield return $"MaxFileBytes is {MaxFileBytes}: give a positive number of bytes.";
        }

        if (MaxFiles <= 0)
        {
            yield return $"MaxFiles is {MaxFiles}: give at least 1.";
        }
    }
}
