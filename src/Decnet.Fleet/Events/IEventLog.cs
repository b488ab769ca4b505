namespace Decnet.Fleet.Events;

using Decnet.Fleet.Model;

/// <summary>
/// Reads the event log. Events get in with the changes they tell of (<see cref="State.IStateStore.CommitAsync"/>), so there
/// is no event without its change and no change without its event.
/// </summary>
public interface IEventLog
{
    /// <summary>Tells the sequence number of the newest event.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number; 0 when there was never an event.</returns>
    Task<long> GetLastSequenceAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads events after a position, oldest first.</summary>
    /// <param name="after">The sequence number after which to begin; 0 for the oldest that is kept.</param>
    /// <param name="pattern">Which topics; null for all.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The events and where to go on.</returns>
    Task<EventPage> ReadAsync(long after, TopicPattern? pattern = null, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Reads events after a position and goes on with new ones as they are committed, by any process.</summary>
    /// <param name="after">The sequence number after which to begin; null for new events only.</param>
    /// <param name="pattern">Which topics; null for all.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <returns>A sequence without end, in the order of the sequence numbers.</returns>
    IAsyncEnumerable<DecnetEvent> FollowAsync(long? after = null, TopicPattern? pattern = null, CancellationToken cancellationToken = default);
}
