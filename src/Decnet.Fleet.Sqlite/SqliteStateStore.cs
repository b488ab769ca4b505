namespace Decnet.Fleet.Sqlite;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Engine;
using Decnet.Fleet.Sqlite.Events;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.Sqlite.Tables;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// The store of rows and the event log in one SQLite file on a local disk. Several processes may have the same file open.
/// Writes go through one task in each process, reads run on the thread pool; no call works on its caller's thread, except
/// for the look at the log's end in <see cref="FollowAsync"/>.
/// </summary>
public sealed class SqliteStateStore : IStateStore, IEventLog
{
    readonly SqliteStateStoreOptions options;
    readonly ILogger logger;
    readonly string path;
    readonly ReaderPool readers;
    readonly Writer? writer;
    readonly StoreBackup backup;
    readonly CommitSignal signal;
    readonly EventFollower follower;

    SqliteStateStore(ConnectionFactory connections, Writer? writer, CommitSignal signal, SqliteStateStoreOptions options, TimeProvider clock, ILogger logger)
    {
        this.writer = writer;
        this.signal = signal;
        this.options = options;
        this.logger = logger;
        path = connections.Path;
        readers = new ReaderPool(connections);
        backup = new StoreBackup(connections);
        follower = new EventFollower(this, signal, options.FollowInterval, clock);
    }

    /// <summary>
    /// Opens a store, makes it if there is none, and brings an older schema forward. A file that cannot be used is left
    /// as it is. New folders get the mode 0750, the file 0640.
    /// </summary>
    /// <param name="path">The path of the file, on a local file system.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="clock">Paces <see cref="FollowAsync"/>; null for the system's clock. Waits for locks always take real time.</param>
    /// <param name="logger">Gets what happens; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait for a locked file.</param>
    /// <returns>The store. Dispose it to close the file.</returns>
    /// <exception cref="StateStoreException">
    /// The file is locked, read-only, damaged, made by a newer version or not a store; its <see cref="StateStoreException.Error"/> says which.
    /// With <see cref="SqliteStateStoreOptions.ReadOnly"/> also: it is missing, or made by an older version.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static async Task<SqliteStateStore> OpenAsync(
        string path,
        SqliteStateStoreOptions? options = null,
        TimeProvider? clock = null,
        ILogger? logger = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new SqliteStateStoreOptions();
        options.Validate();
        logger ??= NullLogger.Instance;
        var connections = new ConnectionFactory(Path.GetFullPath(path), options);
        var opener = new StoreOpener(connections, options);
        var signal = new CommitSignal();
        clock ??= TimeProvider.System;
        if (options.ReadOnly)
        {
            await Task.Run(() => opener.CheckReadableAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            return new SqliteStateStore(connections, null, signal, options, clock, logger);
        }

        var (connection, before) = await Task.Run(() => opener.OpenAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (before != options.Migrations.Count)
        {
            logger.Migrated(connections.Path, before, options.Migrations.Count);
        }

        logger.Opened(connections.Path, options.Migrations.Count, SqliteEngine.Description);
        var writer = new Writer(connection, connections.Path, options, signal);
        return new SqliteStateStore(connections, writer, signal, options, clock, logger);
    }

    /// <inheritdoc/>
    public Task<StoreDescription> DescribeAsync(CancellationToken cancellationToken = default) =>
        readers.RunAsync(() => new StoreDescription("sqlite", SqliteEngine.Description, path, options.Migrations.Count), cancellationToken);

    /// <inheritdoc/>
    public Task<RecordedState> ReadAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        readers.ReadAsync(
            connection => new RecordedState
            {
                HostId = hostId,
                Rows = DeckyTable.OfHost(connection, hostId),
                OpenOperations = OperationTable.Open(connection, hostId),
                Suspensions = SuspensionTable.OfHost(connection, hostId),
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An event's topic is not one; nothing was changed.</exception>
    public async Task<CommitResult> CommitAsync(
        IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0)
        {
            readers.ThrowIfClosed();
            return new CommitResult([], 0, 0);
        }

        if (writer is null)
        {
            throw StoreErrors.OpenedReadOnly(path);
        }

        try
        {
            return await writer.CommitAsync(new WriteRequest(changes, at, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException error) when (error.Error != StateStoreError.Closed)
        {
            logger.CommitFailed(error, changes.Count, path);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeckyRow>> ListDeckiesAsync(HostId? hostId = null, CancellationToken cancellationToken = default) =>
        await readers.ReadAsync(connection => DeckyTable.List(connection, hostId), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Operation>> ListOperationsAsync(OperationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Limit, nameof(query));
        return await readers.ReadAsync(connection => OperationTable.List(connection, query), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Suspension>> ListSuspensionsAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        await readers.ReadAsync(connection => SuspensionTable.OfHost(connection, hostId), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        await readers.ReadAsync(WorkerTable.List, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FleetHost>> ListHostsAsync(CancellationToken cancellationToken = default) =>
        await readers.ReadAsync(HostTable.List, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<FleetHost?> FindHostAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        readers.ReadAsync(connection => HostTable.Find(connection, hostId), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Enrolment>> ListEnrolmentsAsync(CancellationToken cancellationToken = default) =>
        await readers.ReadAsync(EnrolmentTable.List, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<long> ReadCounterAsync(string name, CancellationToken cancellationToken = default) =>
        await readers.ReadAsync(connection => CounterTable.Read(connection, name), cancellationToken).ConfigureAwait(false) ?? 0;

    /// <inheritdoc/>
    public Task<long> GetLastSequenceAsync(CancellationToken cancellationToken = default) => readers.ReadAsync(EventTable.Last, cancellationToken);

    /// <inheritdoc/>
    public Task<EventPage> ReadAsync(
        long after, TopicPattern? pattern = null, int limit = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return readers.ReadAsync(connection => EventTable.Read(connection, after, pattern, limit), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The position is fixed when this is called, not when the sequence is first asked for an event: with
    /// <paramref name="after"/> null, every event that is committed after the call is in the sequence. For that, the call
    /// itself reads one number from the file. Events that are removed by the retention before the sequence gets to them
    /// are left out; a jump of <see cref="DecnetEvent.Sequence"/> tells when there is no <paramref name="pattern"/>.
    /// </remarks>
    /// <exception cref="StateStoreException">The store cannot be read, or is closed, at the call or later.</exception>
    public IAsyncEnumerable<DecnetEvent> FollowAsync(
        long? after = null, TopicPattern? pattern = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after ?? 0, nameof(after));
        return follower.FollowAsync(after ?? readers.Read(EventTable.Last), pattern, cancellationToken);
    }

    /// <summary>
    /// Copies the store into another file while it is in use. The copy is of one point in time and compact; it gets its
    /// name only after it was checked and is on the disk.
    /// </summary>
    /// <param name="path">Where to put the copy; its folder must be there.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="cancellationToken">Gives the copy up; nothing is left of it.</param>
    /// <returns>A task that ends with the copy.</returns>
    /// <exception cref="StateStoreException">There is a file already, or the copy cannot be written.</exception>
    public async Task BackupAsync(string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        await readers.RunAsync(() => backup.Copy(target, overwrite, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks the whole file (SQLite, <c>PRAGMA integrity_check</c>). That takes time in proportion to its size.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is wrong, in the engine's words; nothing when all is well.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public Task<IReadOnlyList<string>> CheckIntegrityAsync(CancellationToken cancellationToken = default) =>
        readers.RunAsync<IReadOnlyList<string>>(backup.FindProblems, cancellationToken);

    /// <summary>Commits what is waiting, lets reads end, and closes the file.</summary>
    /// <returns>A task that ends when the file is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }

        await readers.DisposeAsync().ConfigureAwait(false);
        signal.Raise();
    }
}
