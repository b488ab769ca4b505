namespace Decnet.Fleet.Sqlite.Storage;

using System.Collections.Concurrent;

/// <summary>Runs reads on the thread pool, each on a connection of its own and of one point in time.</summary>
internal sealed class ReaderPool(ConnectionFactory connections) : IAsyncDisposable
{
    const int MaxReaders = 4;

    // Reading something makes the transaction take its snapshot, so that a lock is met here and not in a command's own retry loop.
    const string BeginSnapshot = "BEGIN; SELECT 1 FROM sqlite_master LIMIT 1";

    readonly SemaphoreSlim permits = new(MaxReaders);
    readonly ConcurrentBag<StoreConnection> idle = [];
    int closed;

    /// <summary>Reads in one transaction, on the thread pool.</summary>
    /// <exception cref="State.StateStoreException">The store cannot be read, or is closed.</exception>
    internal Task<T> ReadAsync<T>(Func<StoreConnection, T> read, CancellationToken cancellationToken) =>
        RunAsync(() => Read(read), cancellationToken);

    /// <summary>Runs work that opens connections itself, on the thread pool and before the store is closed.</summary>
    /// <exception cref="State.StateStoreException">The store cannot be read, or is closed.</exception>
    internal async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await permits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfClosed();
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            permits.Release();
        }
    }

    /// <summary>Reads in one transaction, on the caller's thread.</summary>
    /// <exception cref="State.StateStoreException">The store cannot be read, or is closed.</exception>
    internal T Read<T>(Func<StoreConnection, T> read)
    {
        ThrowIfClosed();
        StoreConnection? connection = null;
        try
        {
            connection = idle.TryTake(out var pooled) ? pooled : new StoreConnection(connections.OpenReader());
            NativeSql.Execute(connection.Connection, BeginSnapshot);
            var result = read(connection);
            NativeSql.Execute(connection.Connection, "COMMIT");
            Return(connection);
            return result;
        }
        catch (Exception error)
        {
            connection?.Dispose();
            if (StoreErrors.CanTranslate(error))
            {
                throw StoreErrors.Translate(error, connections.Path);
            }

            throw;
        }
    }

    /// <summary>Lets the reads that are under way end, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0)
        {
            return;
        }

        for (var i = 0; i < MaxReaders; i++)
        {
            await permits.WaitAsync().ConfigureAwait(false);
        }

        permits.Release(MaxReaders);
        CloseIdle();
    }

    void Return(StoreConnection connection)
    {
        idle.Add(connection);
        if (Volatile.Read(ref closed) != 0)
        {
            CloseIdle();
        }
    }

    void CloseIdle()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    internal void ThrowIfClosed()
    {
        if (Volatile.Read(ref closed) != 0)
        {
            throw StoreErrors.Closed(connections.Path);
        }
    }
}
