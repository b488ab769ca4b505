namespace Decnet.Fleet.State;

/// <summary>How a <see cref="FleetFile"/> waits, watches and cleans up.</summary>
public sealed record FleetFileOptions
{
    /// <summary>How long a writer waits for the lock before it gives up with <see cref="FleetLockedException"/>.</summary>
    /// <value>Default: 10 seconds. Zero tries once.</value>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a watcher waits after a change for more of the same before it signals, so that one save is one signal.</summary>
    /// <value>Default: 50 milliseconds.</value>
    public TimeSpan WatchQuietTime { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a watcher looks at the file itself, for systems and shares that do not notify.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan WatchPollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many unreadable files are kept beside the file after saves replaced them; the oldest go first.</summary>
    /// <value>Default: 5. At least 1.</value>
    public int KeptCorruptFiles { get; init; } = 5;

    /// <summary>The largest file that is read or written, in bytes.</summary>
    /// <value>Default: 256 MiB. The 65,534 deckies of a /16 take about 60 MiB.</value>
    public long MaxBytes { get; init; } = 256L << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LockTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(WatchQuietTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WatchPollInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(KeptCorruptFiles);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBytes, Array.MaxLength);
    }
}
