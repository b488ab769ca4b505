namespace Decnet.Fleet.Containers;

/// <summary>Why a call to the container runtime failed.</summary>
public enum RuntimeError
{
    /// <summary>The runtime could not be reached.</summary>
    Unreachable,

    /// <summary>It did not answer in time.</summary>
    Timeout,

    /// <summary>It failed itself.</summary>
    Server,

    /// <summary>The container, network or image is not there.</summary>
    NotFound,

    /// <summary>A name or address is taken, or the state does not allow the call.</summary>
    Conflict,

    /// <summary>It refused the request.</summary>
    Invalid,

    /// <summary>We may not.</summary>
    Forbidden,
}
