namespace Decnet.Fleet.State;

/// <summary>The names of numbers in the store that only grow (<see cref="StateChange.RaiseCounter"/>).</summary>
public static class DurableCounter
{
    /// <summary>
    /// The sequence number of the last event that the master of the fleet has acknowledged. In a store that has it, the event log
    /// keeps what comes after it, up to <see cref="OutboxReserve"/> times as many events as it keeps otherwise.
    /// </summary>
    public const string Outbox = "outbox";

    /// <summary>The number of the last report to the master of the fleet.</summary>
    public const string Reports = "reports";

    /// <summary>How many times as many events the log may keep for a master that does not listen: 10.</summary>
    public const int OutboxReserve = 10;
}
