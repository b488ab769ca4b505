namespace Decnet.Fleet.Operations;

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
}
