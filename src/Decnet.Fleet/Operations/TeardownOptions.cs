namespace Decnet.Fleet.Operations;

using System.Collections.ObjectModel;
using Decnet.Fleet.Model;

/// <summary>How deckies are torn down.</summary>
public sealed record TeardownOptions
{
    /// <summary>
    /// Identities for operations, by decky, where they were chosen before, as by the master of a fleet. A decky that has one counts
    /// as torn down when there is nothing left of it, rather than as an error.
    /// </summary>
    /// <value>Default: none, each operation gets a new one.</value>
    public IReadOnlyDictionary<DeckyName, Guid> OperationIds { get; init; } = ReadOnlyDictionary<DeckyName, Guid>.Empty;
}
