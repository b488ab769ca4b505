namespace Decnet.Fleet.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Gives deckies of this host other services. The fleet file has the new ones first; when they cannot be brought up, it gets
/// the old ones back, and so does the decky.
/// </summary>
internal sealed class LocalMutateStrategy(FleetGround ground, MutationTrigger trigger) : IMutateStrategy
{
    static readonly RetryOptions OnlyOnce = new() { Window = TimeSpan.Zero };

    public bool Handles(Placement placement) => placement.IsLocal;

    public async Task MutateAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        var journal = batch.Journal;
        OperationItem[] items = [.. batch.Items];
        var failed = new ConcurrentBag<(OperationItem Item, string Error)>();
        await journal.BeginAsync([.. items.Select(item => item.Operation.Id)], cancellationToken).ConfigureAwait(false);
        try
        {
            await new BringUp(ground, batch.Fleet, journal, ground.Options.Retry, EndedAsync).RunAsync(items, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also what was cancelled: the old services are what the decky has to show until somebody wants new ones again.
            var open = items.Where(item => journal.Find(item.Operation.Id).IsOpen).ToArray();
            var retry = cancellationToken.IsCancellationRequested ? OnlyOnce : ground.Options.Retry;
            await RevertAsync(batch.Fleet, open, journal, retry, failed).ConfigureAwait(false);
        }

        async Task EndedAsync(OperationItem item, string? error, DeckyMirror? mirror)
        {
            if (error is not null)
            {
                failed.Add((item, error));
                return;
            }

            var mutated = new StateChange.Announce { Events = [MutationEvent.Draft(ground.HostId, item.Previous!, item.Decky!, trigger)] };
            await journal.SucceedAsync(item.Operation.Id, [mutated, .. mirror?.Changes ?? []]).ConfigureAwait(false);
        }
    }

    async Task RevertAsync(
        Fleet fleet, IReadOnlyList<OperationItem> open, OperationJournal journal, RetryOptions retry, IReadOnlyCollection<(OperationItem Item, string Error)> failed)
    {
        if (open.Count == 0)
        {
            return;
        }

        await PutBackAsync(open).ConfigureAwait(false);
        OperationItem[] back = [.. open.Select(item => item with { Decky = item.Previous, Previous = item.Decky })];
        var errors = failed.ToDictionary(failure => failure.Item.Name, failure => failure.Error);
        await new BringUp(ground, fleet, journal, retry, EndedAsync).RunAsync(back, null, CancellationToken.None).ConfigureAwait(false);

        Task EndedAsync(OperationItem item, string? error, DeckyMirror? mirror)
        {
            var cause = errors.GetValueOrDefault(item.Name, FleetWorkRun.Cancelled);
            var now = error is null
                ? $" Its services are {item.Decky!.Services} again."
                : $" Its old services {item.Decky!.Services} did not come back, either: {error}";
            return journal.FailAsync(item.Operation.Id, cause + now, mirror?.Changes ?? []);
        }
    }

    /// <summary>Writes the old services into the fleet file, for deckies that nobody has changed since.</summary>
    async Task PutBackAsync(IReadOnlyList<OperationItem> items)
    {
        var previous = items.ToDictionary(item => item.Decky!, item => item.Previous!);
        await ground.File.UpdateAsync(
            state => state is DesiredState.Known known
                ? known.Fleet with { Deckies = [.. known.Fleet.Deckies.Select(decky => previous.GetValueOrDefault(decky, decky))] }
                : null,
            CancellationToken.None).ConfigureAwait(false);
    }
}
