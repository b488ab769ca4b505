namespace Decnet.Fleet.State;

/// <summary>
/// Who may change the containers of a host's fleet: one at a time, across processes and within one. It is held for as long as
/// the work lasts and ends with its process, so whoever has it knows that operations that are still open were left behind.
/// </summary>
public interface IWorkLock
{
    /// <summary>Waits until nobody else works, and keeps others from it. It is not reentrant.</summary>
    /// <param name="purpose">What for, as others are told, such as <c>deploying 3 deckies</c>.</param>
    /// <param name="timeout">How long to wait; zero tries once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of when the work is done.</returns>
    /// <exception cref="FleetLockedException">Somebody else works for longer than the wait; the error says who, since when and on what.</exception>
    /// <exception cref="FleetFileException">The lock cannot be used.</exception>
    Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default);
}
