namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Attributes of routes (linux/rtnetlink.h).</summary>
internal static class RouteAttribute
{
    internal const ushort Destination = 1;
    internal const ushort LinkIndex = 4;
    internal const ushort Gateway = 5;
    internal const ushort Priority = 6;
    internal const ushort PreferredSource = 7;
    internal const ushort NextHops = 9;
    internal const ushort Table = 15;
}
