namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>Operations of one kind that are worked on together.</summary>
public sealed record OperationBatch
{
    /// <summary>The fleet as the fleet file has it now.</summary>
    public required Fleet Fleet { get; init; }

    /// <summary>The operations with their deckies.</summary>
    public required IReadOnlyList<OperationItem> Items { get; init; }

    /// <summary>Where the operations are advanced.</summary>
    public required OperationJournal Journal { get; init; }
}
