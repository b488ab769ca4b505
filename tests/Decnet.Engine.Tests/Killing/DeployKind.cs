namespace Decnet.Engine.Tests.Killing;

/// <summary>What a deploy has to do.</summary>
enum DeployKind
{
    /// <summary>Make everything, network included.</summary>
    FromNothing,

    /// <summary>Replace deckies and services whose configuration changed; some have exchanged their addresses.</summary>
    Change,

    /// <summary>Remove deckies.</summary>
    Removal,

    /// <summary>Bring back what somebody broke.</summary>
    Repair,
}
