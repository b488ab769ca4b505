namespace Decnet.Fleet.Containers;

/// <summary>What a container is to its decky.</summary>
public enum ContainerRole
{
    /// <summary>It owns the address and the network namespace.</summary>
    Base,

    /// <summary>It runs one service in the base's network namespace.</summary>
    Service,
}
