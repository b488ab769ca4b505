namespace Decnet.Fleet.Swarm.Masters;

/// <summary>Where deckies go that name no host.</summary>
public enum PlacementRule
{
    /// <summary>They stay on the master.</summary>
    Local,

    /// <summary>They are dealt over the active hosts, each to the one with the fewest deckies.</summary>
    RoundRobin,
}
