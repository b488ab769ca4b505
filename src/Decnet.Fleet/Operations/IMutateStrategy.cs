namespace Decnet.Fleet.Operations;

/// <summary>Gives deckies other services, wherever they run.</summary>
public interface IMutateStrategy
{
    /// <summary>Whether deckies of a placement are its business.</summary>
    /// <param name="placement">The placement.</param>
    /// <returns>True when they are.</returns>
    bool Handles(Placement placement);

    /// <summary>
    /// Works on all deckies of a batch and ends each operation by itself, through <see cref="OperationBatch.Journal"/>: one that
    /// fails does not keep the others from going on. It may leave operations running that somebody else will end.
    /// </summary>
    /// <param name="batch">The deckies and their operations.</param>
    /// <param name="cancellationToken">Stops before the next step, leaving a state that a later attempt goes on from.</param>
    /// <returns>A task that ends when nothing is left to do here. What it throws ends the operations that are still open.</returns>
    Task MutateAsync(OperationBatch batch, CancellationToken cancellationToken);
}
