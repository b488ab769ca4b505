namespace Decnet.Fleet.Reconciling;

/// <summary>What keeps a container from doing its work, in terms of what would help.</summary>
internal enum ContainerProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The engine is busy with it; waiting may help.</summary>
    Wait,

    /// <summary>It is there and stopped; starting it helps.</summary>
    Stopped,

    /// <summary>It runs in a network that its base has left; starting it anew helps.</summary>
    NetworkLost,

    /// <summary>It is a base that runs without the fleet's network; only making it anew attaches it with its address.</summary>
    Disconnected,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there and cannot be used.</summary>
    Unusable,

    /// <summary>It was made from another configuration.</summary>
    Outdated,
}
