namespace Decnet.Fleet.Operations;

/// <summary>Brings deckies of this host up.</summary>
/// <param name="ground">What it stands on.</param>
/// <param name="seen">What was seen since the work lock was taken, if nothing has been changed since; null to look first.</param>
internal sealed class LocalDeployStrategy(FleetGround ground, Sight? seen) : IDeployStrategy
{
    public bool Handles(Placement placement) => placement.IsLocal;

    public async Task DeployAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        var journal = batch.Journal;
        OperationItem[] items = [.. batch.Items];
        await journal.BeginAsync([.. items.Select(item => item.Operation.Id)], cancellationToken).ConfigureAwait(false);
        await new BringUp(ground, batch.Fleet, journal, ground.Options.Retry, EndedAsync).RunAsync(items, seen, cancellationToken).ConfigureAwait(false);

        Task EndedAsync(OperationItem item, string? error, DeckyMirror? mirror) => error is null
            ? journal.SucceedAsync(item.Operation.Id, mirror?.Changes ?? [])
            : journal.FailAsync(item.Operation.Id, error, mirror?.Changes ?? []);
    }
}
