namespace Decnet.Fleet.Operations;

using System.Collections.ObjectModel;
using Decnet.Fleet.Model;

/// <summary>How deckies get other services.</summary>
public sealed record MutateOptions
{
    /// <summary>The slugs of the new services, for each of the deckies.</summary>
    /// <value>Default: null, chosen by chance from the decky's archetype, or else from all services.</value>
    public ValueList<string>? Services { get; init; }

    /// <summary>Why. With <see cref="MutationTrigger.Scheduled"/> only those of the deckies change whose interval is over and that nobody has suspended.</summary>
    /// <value>Default: <see cref="MutationTrigger.Operator"/>.</value>
    public MutationTrigger Trigger { get; init; } = MutationTrigger.Operator;

    /// <summary>The new services of single deckies; for them, this comes before <see cref="Services"/>.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<DeckyName, ValueList<string>> ServicesOf { get; init; } = ReadOnlyDictionary<DeckyName, ValueList<string>>.Empty;

    /// <summary>
    /// Identities for operations, by decky, where they were chosen before, as by the master of a fleet. A decky that has one gets an
    /// operation even when it needs nothing.
    /// </summary>
    /// <value>Default: none, each operation gets a new one.</value>
    public IReadOnlyDictionary<DeckyName, Guid> OperationIds { get; init; } = ReadOnlyDictionary<DeckyName, Guid>.Empty;
}
