namespace Decnet.Fleet.Operations;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Ends operations that nobody else will end. While nobody holds the work lock, every open operation of the host was left
/// behind by a process that has ended; while somebody does, those are ended whose deadline is over.
/// </summary>
public sealed class OperationSweeper : IWorkerCompanion
{
    readonly IStateStore store;
    readonly IWorkLock work;
    readonly HostId hostId;
    readonly OperationSweeperOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;

    /// <summary>Puts it together.</summary>
    /// <param name="store">The operations.</param>
    /// <param name="work">What those who work on operations hold. It is taken for the moment of a sweep, and only when there is something to sweep.</param>
    /// <param name="hostId">The host whose operations it ends.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public OperationSweeper(
        IStateStore store,
        IWorkLock work,
        HostId hostId,
        OperationSweeperOptions? options = null,
        TimeProvider? clock = null,
        ILogger<OperationSweeper>? logger = null)
    {
        this.options = options ?? new OperationSweeperOptions();
        this.options.Validate();
        this.store = store;
        this.work = work;
        this.hostId = hostId;
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<OperationSweeper>.Instance;
    }

    /// <inheritdoc/>
    public string Name => "operation sweep";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await SweepAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(options.Interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sweeps once. Without open operations it reads the store, and does nothing else.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many operations it has ended.</returns>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var open = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (open.Count == 0)
        {
            return 0;
        }

        var ended = await EndLeftBehindAsync(cancellationToken).ConfigureAwait(false) ?? await EndOverdueAsync(open, cancellationToken).ConfigureAwait(false);
        if (ended > 0)
        {
            OperationsLog.Swept(logger, ended);
        }

        return ended;
    }

    /// <summary>Ends all that are open under the lock.</summary>
    /// <returns>How many; null when the lock cannot be had, so that somebody may be at work.</returns>
    async Task<int?> EndLeftBehindAsync(CancellationToken cancellationToken)
    {
        IAsyncDisposable held;
        try
        {
            held = await work.AcquireAsync("ending operations that were left behind", TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetFileException)
        {
            return null;
        }

        await using (held.ConfigureAwait(false))
        {
            var open = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await EndAsync(open, _ => OpenOperations.LeftBehind, cancellationToken).ConfigureAwait(false);
        }
    }

    Task<int> EndOverdueAsync(IReadOnlyList<Operation> open, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return EndAsync([.. open.Where(operation => operation.Deadline <= now)], Overdue, cancellationToken);
    }

    static string Overdue(Operation operation) => string.Create(
        CultureInfo.InvariantCulture,
        $"It was not finished by its deadline, {operation.Deadline.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Somebody still works on the fleet, so it may still be running: look at the decky before you ask for it again.");

    Task<int> EndAsync(IReadOnlyCollection<Operation> operations, Func<Operation, string> error, CancellationToken cancellationToken) =>
        OpenOperations.EndAsync(store, operations, error, clock.GetUtcNow(), cancellationToken);

    async Task<IReadOnlyList<Operation>> OpenAsync(CancellationToken cancellationToken) =>
        (await store.ReadAsync(hostId, cancellationToken).ConfigureAwait(false)).OpenOperations;
}
