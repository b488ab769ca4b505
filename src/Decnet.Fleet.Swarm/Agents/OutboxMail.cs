namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What an <see cref="Outbox"/> has to tell.</summary>
internal sealed record OutboxMail
{
    /// <summary>The deltas that fit into one report.</summary>
    internal required ValueList<OperationDelta> Deltas { get; init; }

    /// <summary>The operations of deltas that do not.</summary>
    internal required IReadOnlyCollection<Guid> Untold { get; init; }

    /// <summary>The position in the event log up to which everything is told by these deltas.</summary>
    internal required long Through { get; init; }

    /// <summary>How many deltas wait in all.</summary>
    internal required int Count { get; init; }

    /// <summary>Whether deltas wait that do not fit.</summary>
    internal required bool HasMore { get; init; }
}
