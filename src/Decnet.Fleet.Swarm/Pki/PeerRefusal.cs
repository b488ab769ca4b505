namespace Decnet.Fleet.Swarm.Pki;

/// <summary>Why a peer's certificate is refused.</summary>
internal enum PeerRefusal
{
    /// <summary>It showed none.</summary>
    NoCertificate,

    /// <summary>It is not signed by the fleet's authority.</summary>
    OtherAuthority,

    /// <summary>Its time has not begun.</summary>
    NotYetValid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It is not for this side of a connection.</summary>
    WrongUse,

    /// <summary>The authority has taken it back.</summary>
    Revoked,

    /// <summary>It names no role, or more than one.</summary>
    NoRole,

    /// <summary>It is a host's where the master's is needed, or the other way round.</summary>
    WrongRole,

    /// <summary>It is another host's.</summary>
    OtherHost,

    /// <summary>All is right with it, but it is not the one that is expected.</summary>
    NotPinned,
}
