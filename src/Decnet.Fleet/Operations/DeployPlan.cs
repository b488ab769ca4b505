namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>What a deployment would do. Making it changes nothing.</summary>
public sealed record DeployPlan
{
    /// <summary>The fleet as the fleet file would have it.</summary>
    public required Fleet Fleet { get; init; }

    /// <summary>The generation in the fleet file that the plan starts from; 0 when there is none.</summary>
    public required long Generation { get; init; }

    /// <summary>What would be done to each decky that is asked for or removed, in the order of the fleet, removed ones last.</summary>
    public required ValueList<DeployPlanItem> Deckies { get; init; }

    /// <summary>What the plan could not take into account, such as an engine that cannot be asked.</summary>
    /// <value>Default: none.</value>
    public ValueList<string> Notes { get; init; } = [];

    /// <summary>Whether nothing would be done.</summary>
    public bool IsEmpty => Deckies.All(decky => decky.Action == DeployAction.Keep);
}
