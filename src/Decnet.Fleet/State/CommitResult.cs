namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>What a transaction did.</summary>
/// <param name="Applied">For each change, in order, whether its condition held.</param>
/// <param name="FirstSequence">The sequence number of its first event; 0 when it logged none.</param>
/// <param name="LastSequence">The sequence number of its last event; 0 when it logged none.</param>
public sealed record CommitResult(ValueList<bool> Applied, long FirstSequence, long LastSequence);
