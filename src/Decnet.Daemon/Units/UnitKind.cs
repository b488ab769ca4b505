namespace Decnet.Daemon.Units;

/// <summary>Which service a unit runs.</summary>
internal enum UnitKind
{
    /// <summary>The worker of one host.</summary>
    Reconciler,

    /// <summary>What runs deckies for a master.</summary>
    Agent,

    /// <summary>What hosts report to.</summary>
    Master,
}
