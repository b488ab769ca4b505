namespace Decnet.Fleet.Docker.HostNetwork;

/// <summary>Why something about the network of this host failed.</summary>
public enum HostNetworkError
{
    /// <summary>There is no interface of the name, or none that could be chosen without a name.</summary>
    NotFound,

    /// <summary>The interface is there, but deckies cannot live on it.</summary>
    NotUsable,

    /// <summary>Something else has the name, the interface or an address; it is left as it is.</summary>
    Taken,

    /// <summary>This process may not change the network: it needs root or the capability <c>CAP_NET_ADMIN</c>.</summary>
    NotPermitted,

    /// <summary>This system, or its kernel, does not have it.</summary>
    NotSupported,

    /// <summary>The system refused for another reason.</summary>
    Failed,
}
