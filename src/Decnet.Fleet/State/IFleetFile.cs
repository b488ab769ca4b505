namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>
/// The desired state of a fleet: one JSON file that is replaced as a whole, with a generation, a checksum and the previous
/// generation beside it. One writer at a time across processes; readers never wait and never see half a file.
/// </summary>
public interface IFleetFile
{
    /// <summary>The path of the file.</summary>
    string Path { get; }

    /// <summary>Reads the file. It does not throw for a missing or unreadable file.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the file says. The same instance is returned as long as the contents are the same.</returns>
    Task<DesiredState> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces the fleet by another one and keeps the previous generation.</summary>
    /// <param name="fleet">The fleet; without deckies it is an explicit empty generation.</param>
    /// <param name="expectedGeneration">
    /// The generation that must be in the file; null to replace whatever is there. With a number, a missing or corrupt
    /// file is refused too.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the lock; a save that has begun is completed.</param>
    /// <returns>The new state. Its generation is higher than that of every file that is still there.</returns>
    /// <exception cref="FleetLockedException">Another process holds the lock for longer than the wait.</exception>
    /// <exception cref="GenerationConflictException">The file holds another generation.</exception>
    /// <exception cref="FleetFileException">The file cannot be written.</exception>
    Task<DesiredState.Known> SaveAsync(Fleet fleet, long? expectedGeneration = null, CancellationToken cancellationToken = default);

    /// <summary>Reads, changes and replaces the fleet under one lock, so that no other writer's change is lost.</summary>
    /// <param name="change">Given what the file says, returns the fleet to save, or null to leave the file alone. It may throw to refuse. It runs under the lock, perhaps on another thread, so it must be quick and must not save the file itself.</param>
    /// <param name="cancellationToken">Ends the wait for the lock; a save that has begun is completed.</param>
    /// <returns>The state after the change.</returns>
    /// <exception cref="FleetLockedException">Another process holds the lock for longer than the wait.</exception>
    /// <exception cref="FleetFileException">The file cannot be written.</exception>
    Task<DesiredState> UpdateAsync(Func<DesiredState, Fleet?> change, CancellationToken cancellationToken = default);

    /// <summary>Brings the previous generation back, as a new generation.</summary>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <returns>The new state.</returns>
    /// <exception cref="FleetFileException">There is no previous generation, or it cannot be read.</exception>
    Task<DesiredState.Known> RestorePreviousAsync(CancellationToken cancellationToken = default);

    /// <summary>Signals changes of the file, whoever makes them. Signals may be late, repeated or superfluous: they say "look again".</summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <returns>A sequence of signals without end.</returns>
    IAsyncEnumerable<FleetFileSignal> WatchAsync(CancellationToken cancellationToken = default);
}
