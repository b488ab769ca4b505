namespace Decnet.Fleet.Operations;

using System.Collections.ObjectModel;
using Decnet.Fleet.Model;

/// <summary>How a fleet is deployed.</summary>
public sealed record DeployOptions
{
    /// <summary>
    /// Whether the fleet becomes exactly what is deployed: other deckies are removed, those of the same name take their new
    /// configuration. Deckies that stay the same are not touched.
    /// </summary>
    /// <value>Default: false, the deckies are added; one that is there with another configuration is an error.</value>
    public bool Replace { get; init; }

    /// <summary>Whether deckies of the same name take their new configuration, while all others stay.</summary>
    /// <value>Default: false. Nothing else than <see cref="Replace"/>, where that is set.</value>
    public bool Change { get; init; }

    /// <summary>Deckies that are left as they are, whatever else is asked for: not made, not changed, not repaired and not removed.</summary>
    /// <value>Default: none.</value>
    public ValueList<DeckyName> Leave { get; init; } = [];

    /// <summary>
    /// Identities for operations, by decky, where they were chosen before, as by the master of a fleet. A decky that has one gets an
    /// operation even when it needs nothing.
    /// </summary>
    /// <value>Default: none, each operation gets a new one.</value>
    public IReadOnlyDictionary<DeckyName, Guid> OperationIds { get; init; } = ReadOnlyDictionary<DeckyName, Guid>.Empty;
}
