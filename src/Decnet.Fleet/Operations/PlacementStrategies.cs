namespace Decnet.Fleet.Operations;

/// <summary>Ways to work on deckies, in the order in which they are asked whether a placement is theirs. The local ones are always the last.</summary>
public sealed record PlacementStrategies
{
    /// <summary>Ways to bring deckies up.</summary>
    /// <value>Default: none but the local one.</value>
    public IReadOnlyList<IDeployStrategy> Deploy { get; init; } = [];

    /// <summary>Ways to give deckies other services.</summary>
    /// <value>Default: none but the local one.</value>
    public IReadOnlyList<IMutateStrategy> Mutate { get; init; } = [];

    /// <summary>Ways to remove deckies.</summary>
    /// <value>Default: none but the local one.</value>
    public IReadOnlyList<ITeardownStrategy> Teardown { get; init; } = [];

    /// <summary>Whether all work is done by the process that begins it.</summary>
    internal bool AreLocal => Deploy.Count + Mutate.Count + Teardown.Count == 0;
}
