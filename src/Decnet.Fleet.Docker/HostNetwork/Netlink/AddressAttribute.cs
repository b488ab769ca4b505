namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Attributes of addresses (linux/if_addr.h).</summary>
internal static class AddressAttribute
{
    /// <summary>The address of the other end on a link with a peer, else the same as <see cref="Local"/>; its prefix is the network.</summary>
    internal const ushort Network = 1;
    internal const ushort Local = 2;
}
