namespace Decnet.Fleet.Swarm.Masters;

using System.Globalization;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;

/// <summary>
/// Hands operations over to their hosts: one request a host, several hosts at a time. What a host has accepted is running, and ends by its
/// reports; what it has not is failed, for that host alone.
/// </summary>
internal sealed class SwarmDispatch(IStateStore store, IAgentClient client, SwarmOptions options, TimeProvider clock, Random random, ILogger logger)
{
    internal IAgentClient Client => client;

    /// <summary>Hands a batch over.</summary>
    /// <param name="batch">The operations, all of one kind.</param>
    /// <param name="send">Asks a host to do some of them.</param>
    /// <param name="cancellationToken">Ends the waits for answers.</param>
    internal Task RunAsync(
        OperationBatch batch, Func<FleetHost, IReadOnlyList<OperationItem>, CancellationToken, Task<CommandReply>> send, CancellationToken cancellationToken)
    {
        OperationItem[][] shards = [.. batch.Items.GroupBy(item => item.Operation.HostId).Select(shard => shard.ToArray())];
        return Lanes.RunAsync(shards, options.Parallelism, shard => HandOverAsync(batch.Journal, shard, send, cancellationToken), cancellationToken);
    }

    async Task HandOverAsync(
        OperationJournal journal,
        OperationItem[] shard,
        Func<FleetHost, IReadOnlyList<OperationItem>, CancellationToken, Task<CommandReply>> send,
        CancellationToken cancellationToken)
    {
        var operation = shard[0].Operation;
        var host = await store.FindHostAsync(operation.HostId, cancellationToken).ConfigureAwait(false);
        if (host is null || DispatchObstacle.Of(host, operation.Kind) is not null)
        {
            await FailAsync(journal, shard, operation.HostId, DispatchObstacle.Of(host, operation)).ConfigureAwait(false);
            return;
        }

        foreach (var part in CommandParts.Of(shard))
        {
            try
            {
                var reply = await AskAsync(host, part, send, cancellationToken).ConfigureAwait(false);
                await AcceptAsync(journal, host, part, reply).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not StateStoreException && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
            {
                await FailAsync(journal, part, host.Name, Explain(host, error)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asks, and asks again as long as no answer comes: operations have identities, so that the host does nothing twice.</summary>
    async Task<CommandReply> AskAsync(
        FleetHost host,
        IReadOnlyList<OperationItem> part,
        Func<FleetHost, IReadOnlyList<OperationItem>, CancellationToken, Task<CommandReply>> send,
        CancellationToken cancellationToken)
    {
        long? firstFailure = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await send(host, part, cancellationToken).ConfigureAwait(false);
            }
            catch (PeerUnreachableException error)
            {
                firstFailure ??= clock.GetTimestamp();
                var elapsed = clock.GetElapsedTime(firstFailure.Value);
                var delay = options.Retry.Delay(attempt, random);
                delay = error.RetryAfter > delay ? error.RetryAfter.Value : delay;
                if (elapsed + delay > options.Retry.Window)
                {
                    throw new DecnetException(Unanswered(error, attempt, elapsed), error);
                }

                await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    async Task AcceptAsync(OperationJournal journal, FleetHost host, IReadOnlyList<OperationItem> part, CommandReply reply)
    {
        var accepted = reply.Accepted ? reply.Deckies.Select(decky => decky.OperationId).ToHashSet() : [];
        var taken = part.ToLookup(item => accepted.Contains(item.Operation.Id));
        MastersLog.Dispatched(logger, host.Name, Token<OperationKind>.Of(part[0].Operation.Kind), taken[true].Count());

        // The host works on them, whether or not somebody still waits here.
        await journal.BeginAsync([.. taken[true].Select(item => item.Operation.Id)], CancellationToken.None).ConfigureAwait(false);
        if (taken[false].Any())
        {
            await FailAsync(journal, [.. taken[false]], host.Name, $"The host {host.Name} answered, but did not accept it. Ask for it again.").ConfigureAwait(false);
        }
    }

    async Task FailAsync(OperationJournal journal, IReadOnlyList<OperationItem> items, string host, string error)
    {
        var operation = items[0].Operation;
        MastersLog.NotDispatched(logger, host, Token<OperationKind>.Of(operation.Kind), items.Count, error);
        var rows = (await store.ReadAsync(operation.HostId, CancellationToken.None).ConfigureAwait(false)).Rows.ToDictionary(row => row.Name);
        var changes = items.Select(item => rows.TryGetValue(item.Name, out var row) ? RowAfterFailure(operation.Kind, row) : null).OfType<StateChange>();
        await journal.FailAllAsync(items.Select(item => item.Operation.Id), error, [.. changes]).ConfigureAwait(false);
    }

    /// <summary>Of a decky that its host knew before nothing is said: its reports tell how it is.</summary>
    static StateChange? RowAfterFailure(OperationKind kind, DeckyRow row) => (kind, row.State) switch
    {
        (OperationKind.Deploy, DeckyState.Pending) => RowState.Change(row, DeckyState.Failed, "its host has not accepted it"),
        (OperationKind.Teardown, DeckyState.TearingDown) => RowState.Change(row, DeckyState.TeardownFailed, "its host was not told to remove it"),
        _ => null,
    };

    static string Unanswered(PeerUnreachableException error, int attempts, TimeSpan elapsed) => attempts == 1
        ? error.Message
        : string.Create(CultureInfo.InvariantCulture, $"{error.Message} It was tried {attempts} times in {elapsed.TotalSeconds:0} s.");

    static string Explain(FleetHost host, Exception error) => error is DecnetException
        ? $"The host {host.Name} has not accepted it. {error.Message}"
        : $"The host {host.Name} could not be asked: {error.GetType().Name}: {error.Message}";
}
