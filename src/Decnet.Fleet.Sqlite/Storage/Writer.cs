namespace Decnet.Fleet.Sqlite.Storage;

using System.Threading.Channels;
using Decnet.Fleet.Sqlite.Events;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>The one writer of a store: a task of its own that commits one request after the other.</summary>
internal sealed class Writer : IAsyncDisposable
{
    const int QueueLength = 256;

    readonly Channel<WriteRequest> queue =
        Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    readonly StoreConnection connection;
    readonly string path;
    readonly SqliteStateStoreOptions options;
    readonly CommitSignal signal;
    readonly Task loop;

    internal Writer(SqliteConnection connection, string path, SqliteStateStoreOptions options, CommitSignal signal)
    {
        this.connection = new StoreConnection(connection);
        this.path = path;
        this.options = options;
        this.signal = signal;
        loop = Task.Run(RunAsync);
    }

    internal async Task<CommitResult> CommitAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await queue.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw StoreErrors.Closed(path);
        }

        return await request.WaitAsync().ConfigureAwait(false);
    }

    /// <summary>Commits what is waiting, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
    }

    async Task RunAsync()
    {
        await foreach (var request in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (await BeginAsync(request).ConfigureAwait(false))
                {
                    request.Complete(Commit(request));
                }
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to the one who asked, and the next request goes on.
            catch (Exception error)
#pragma warning restore CA1031
            {
                request.Fail(StoreErrors.CanTranslate(error) ? StoreErrors.Translate(error, path) : error);
            }
        }

        connection.Dispose();
    }

    async Task<bool> BeginAsync(WriteRequest request)
    {
        var wait = new LockWait(options.BusyTimeout);
        while (!request.IsGivenUp)
        {
            if (NativeSql.TryExecute(connection.Connection, "BEGIN IMMEDIATE"))
            {
                if (request.TryBegin())
                {
                    return true;
                }

                connection.Rollback();
            }
            else if (!await wait.NextAsync(CancellationToken.None).ConfigureAwait(false))
            {
                throw StoreErrors.Locked(path, wait.Waited);
            }
        }

        return false;
    }

    CommitResult Commit(WriteRequest request)
    {
        CommitResult result;
        try
        {
            result = new Transaction(connection, options, request.At).Apply(request.Changes);
            NativeSql.Execute(connection.Connection, "COMMIT");
        }
        catch
        {
            connection.Rollback();
            throw;
        }

        if (result.LastSequence > 0)
        {
            signal.Raise();
        }

        return result;
    }
}
