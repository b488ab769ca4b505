namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Telemetry;

/// <summary>Gives deckies of this host, which have their new services in the fleet file, these services; or else their old ones back.</summary>
internal sealed class LocalMutateStrategy(FleetGround ground, MutationTrigger trigger) : IMutateStrategy
{
    public bool Handles(Placement placement) => placement.IsLocal;

    public async Task MutateAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        var journal = batch.Journal;
        OperationItem[] items = [.. batch.Items];
        var way = new MutateReversal(ground, batch.Fleet, journal);
        await journal.BeginAsync([.. items.Select(item => item.Operation.Id)], cancellationToken).ConfigureAwait(false);
        try
        {
            await new BringUp(ground, batch.Fleet, journal, ground.Options.Retry, EndedAsync).RunAsync(items, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Array.ForEach(items, item => way.Failed(item, failure.Message));
            throw;
        }
        finally
        {
            // Also what was cancelled: the old services are what a decky has to show until somebody wants new ones again.
            await way.BackAsync([.. items.Where(item => journal.Find(item.Operation.Id).IsOpen)], cancellationToken.IsCancellationRequested).ConfigureAwait(false);
        }

        Task EndedAsync(OperationItem item, string? error, DeckyMirror? mirror)
        {
            if (error is null)
            {
                return SucceedAsync(item, mirror, journal);
            }

            way.Failed(item, error);
            return Task.CompletedTask;
        }
    }

    async Task SucceedAsync(OperationItem item, DeckyMirror? mirror, OperationJournal journal)
    {
        var mutated = new StateChange.Announce { Events = [MutationEvent.Draft(ground.HostId, item.Previous!, item.Decky!, trigger)] };
        await journal.SucceedAsync(item.Operation.Id, [mutated, .. mirror?.Changes ?? []]).ConfigureAwait(false);
        FleetTelemetry.Mutated(Token<MutationTrigger>.Of(trigger));
    }
}
