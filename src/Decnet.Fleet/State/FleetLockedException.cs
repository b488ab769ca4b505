namespace Decnet.Fleet.State;

/// <summary>Another process holds the lock of the fleet file, and the wait for it is over.</summary>
public sealed class FleetLockedException : FleetFileException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The path of the lock file.</param>
    /// <param name="holder">Who holds the lock, as far as the lock file says.</param>
    /// <param name="waited">How long the wait was.</param>
    /// <param name="message">What happened and what to do.</param>
    public FleetLockedException(string path, string? holder, TimeSpan waited, string message) : base(path, message)
    {
        Holder = holder;
        Waited = waited;
    }

    /// <summary>Who holds the lock: process id, program, host and since when; null when it cannot be told.</summary>
    public string? Holder { get; }

    /// <summary>How long the wait was.</summary>
    public TimeSpan Waited { get; }
}
