namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>What came of work on a fleet.</summary>
public sealed record FleetWorkResult
{
    /// <summary>The operations, as they ended.</summary>
    public required ValueList<Operation> Operations { get; init; }

    /// <summary>Deckies that were asked for and were already as they should be; there is no operation for them.</summary>
    /// <value>Default: none.</value>
    public ValueList<DeckyName> Unchanged { get; init; } = [];

    /// <summary>The generation of the fleet file that the work has written, or found.</summary>
    public required long Generation { get; init; }

    /// <summary>What could not be done for the fleet as a whole, such as removing its network.</summary>
    /// <value>Default: null, nothing.</value>
    public string? Problem { get; init; }

    /// <summary>Whether the work was cancelled before its end.</summary>
    /// <value>Default: false.</value>
    public bool Cancelled { get; init; }

    /// <summary>Whether every operation succeeded and nothing else went wrong.</summary>
    public bool Succeeded => Problem is null && !Cancelled && Operations.All(operation => operation.Status == OperationStatus.Succeeded);
}
