namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>What the store holds about one host, read at one point in time.</summary>
public sealed record RecordedState
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The rows of its deckies, ordered by name.</summary>
    public required IReadOnlyList<DeckyRow> Rows { get; init; }

    /// <summary>Its operations that have not ended.</summary>
    public required IReadOnlyList<Operation> OpenOperations { get; init; }

    /// <summary>The orders to leave deckies alone: that for the whole host first, then by name.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<Suspension> Suspensions { get; init; } = [];
}
