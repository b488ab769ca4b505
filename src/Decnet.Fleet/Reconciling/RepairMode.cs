namespace Decnet.Fleet.Reconciling;

/// <summary>How far a pass may go to bring containers back.</summary>
public enum RepairMode
{
    /// <summary>It mirrors what it sees and touches no container.</summary>
    Off,

    /// <summary>It starts containers that are there and stopped.</summary>
    Restart,

    /// <summary>
    /// Besides, it makes missing containers, replaces those whose configuration changed, replaces a whole decky when its base
    /// is gone, dead or taken off its network, and removes what a decky no longer has.
    /// </summary>
    Recreate,
}
