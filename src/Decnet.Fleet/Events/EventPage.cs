namespace Decnet.Fleet.Events;

using Decnet.Fleet.Model;

/// <summary>Events read from the log.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="Next">The position to read on from: everything up to it was looked at.</param>
/// <param name="Missed">How many events after the asked position are no longer kept; 0 for none.</param>
public sealed record EventPage(IReadOnlyList<DecnetEvent> Events, long Next, long Missed);
