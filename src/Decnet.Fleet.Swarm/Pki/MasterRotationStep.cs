namespace Decnet.Fleet.Swarm.Pki;

/// <summary>What is to be done next about the master's own files. Each step is one durable change, and all may be repeated.</summary>
internal enum MasterRotationStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Sign a revocation list before the present one is overdue.</summary>
    Refresh,

    /// <summary>Make the next key and certificate.</summary>
    Prepare,

    /// <summary>Tell the hosts of it, by a new trust version.</summary>
    Announce,

    /// <summary>Use it.</summary>
    Switch,

    /// <summary>Tell the hosts that the former one is not used any more.</summary>
    Finish,
}
