namespace Decnet.Fleet.Sqlite;

using Decnet.Fleet.Events;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;

/// <summary>Settings of a <see cref="SqliteStateStore"/>.</summary>
/// <remarks>
/// The engine is the system's SQLite when that is newer than the bundled one. A program that wants the bundled one sets
/// the <see cref="AppContext"/> switch <c>Decnet.Fleet.Sqlite.UseBundledEngine</c> to true before it opens a store.
/// </remarks>
public sealed record SqliteStateStoreOptions
{
    /// <summary>How long to wait for other processes that keep the file locked, before <see cref="StateStoreError.Locked"/>.</summary>
    /// <value>Default: 10 seconds. At least zero.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far a commit waits for the disk.</summary>
    /// <value>Default: <see cref="SqliteSynchronous.Full"/>.</value>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>How many events are kept. Each commit with events removes what is over, in steps of bounded size.</summary>
    /// <value>Default: 100,000 events, 30 days.</value>
    public EventRetention EventRetention { get; init; } = new();

    /// <summary>How many ended operations are kept. Each commit that ends one removes what is over, in steps of bounded size.</summary>
    /// <value>Default: 10,000 operations, 90 days.</value>
    public OperationRetention OperationRetention { get; init; } = new();

    /// <summary>
    /// How often <see cref="SqliteStateStore.FollowAsync"/> looks for commits of other processes. Commits through the same
    /// store are seen at once.
    /// </summary>
    /// <value>Default: 100 milliseconds. More than zero.</value>
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Whether the store is only read: nothing is made, brought forward or changed, and commits fail. It works on files and folders
    /// that this process may not write.
    /// </summary>
    /// <value>Default: false.</value>
    public bool ReadOnly { get; init; }

    /// <summary>The steps from one version of the schema to the next; the first makes version 1.</summary>
    internal IReadOnlyList<string> Migrations { get; init; } = Schema.Migrations;

    /// <summary>The largest size of the file in pages; 0 for the engine's own limit.</summary>
    internal int MaxPages { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.Zero, nameof(BusyTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BusyTimeout, TimeSpan.FromDays(1), nameof(BusyTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FollowInterval, TimeSpan.Zero, nameof(FollowInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(EventRetention.MaxEvents, 1, "EventRetention.MaxEvents");
        ArgumentOutOfRangeException.ThrowIfLessThan(EventRetention.MaxAge, TimeSpan.Zero, "EventRetention.MaxAge");
        ArgumentOutOfRangeException.ThrowIfLessThan(OperationRetention.MaxEnded, 0, "OperationRetention.MaxEnded");
        ArgumentOutOfRangeException.ThrowIfLessThan(OperationRetention.MaxAge, TimeSpan.Zero, "OperationRetention.MaxAge");
    }
}
