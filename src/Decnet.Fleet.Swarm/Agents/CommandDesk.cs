namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;

/// <summary>Accepts commands one after the other, and keeps the work that they begin until it has ended.</summary>
/// <param name="wait">How long a command waits for those before it.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class CommandDesk(TimeSpan wait, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    readonly SemaphoreSlim turn = new(1, 1);
    readonly CancellationTokenSource closing = new();
    readonly Lock gate = new();
    readonly HashSet<Task> underway = [];
    readonly Dictionary<Guid, Task> accepting = [];
    volatile string? closed;
    bool disposed;

    /// <summary>Refuses commands from now on, for a reason; or takes them again, with null.</summary>
    internal void Close(string? why) => closed = why;

    /// <summary>Accepts a command. Who gives up waiting does not keep it from being accepted.</summary>
    internal Task<CommandReply> AcceptAsync(
        Guid operationId, Func<CancellationToken, Task<(FleetWork? Work, CommandReply Reply)>> accept, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
        }

        var acceptance = AcceptInTurnAsync(operationId, accept);
        Keep(acceptance);
        return acceptance.WaitAsync(cancellationToken);
    }

    /// <summary>Waits while a command is being accepted: of one that is recorded, but not in the fleet file yet, not all can be told.</summary>
    internal async Task SettleAsync(Guid operationId, CancellationToken cancellationToken)
    {
        Task? acceptance;
        lock (gate)
        {
            acceptance = accepting.GetValueOrDefault(operationId);
        }

        if (acceptance is not null)
        {
            await acceptance.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Cancels all work, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            disposed = true;
        }

        await closing.CancelAsync().ConfigureAwait(false);
        while (Underway() is { Length: > 0 } left)
        {
            await Task.WhenAll(left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<CommandReply> AcceptInTurnAsync(Guid operationId, Func<CancellationToken, Task<(FleetWork? Work, CommandReply Reply)>> accept)
    {
        await WaitForTurnAsync().ConfigureAwait(false);
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            lock (gate)
            {
                accepting[operationId] = settled.Task;
            }

            if (closed is { } why)
            {
                throw new OperationConflictException(why);
            }

            var (work, reply) = await accept(closing.Token).ConfigureAwait(false);
            if (work is not null)
            {
                Keep(FollowAsync(work));
            }

            return reply;
        }
        finally
        {
            lock (gate)
            {
                accepting.Remove(operationId);
            }

            settled.SetResult();
            turn.Release();
        }
    }

    async Task WaitForTurnAsync()
    {
        if (turn.Wait(0, CancellationToken.None))
        {
            return;
        }

        using var patience = new CancellationTokenSource(wait, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, closing.Token);
        try
        {
            await turn.WaitAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!closing.IsCancellationRequested)
        {
            throw new FleetLockedException("", null, wait, $"Other commands have been waiting to be accepted for {wait.TotalSeconds:0.#} seconds. Send this one again later.");
        }
    }

    async Task FollowAsync(FleetWork work)
    {
        try
        {
            var result = await work.Completion.ConfigureAwait(false);
            AgentLog.WorkEnded(logger, result.Operations.Count, result.Operations.Count(operation => operation.Status == OperationStatus.Failed));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            AgentLog.WorkFailed(logger, error);
        }
    }

    void Keep(Task task)
    {
        lock (gate)
        {
            underway.Add(task);
        }

        task.ContinueWith(
            ended =>
            {
                // Whoever gave up waiting does not look at the error any more.
                _ = ended.Exception;
                lock (gate)
                {
                    underway.Remove(ended);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    Task[] Underway()
    {
        lock (gate)
        {
            return [.. underway];
        }
    }
}
