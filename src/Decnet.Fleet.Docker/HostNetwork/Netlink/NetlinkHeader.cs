namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>The header of every message (<c>struct nlmsghdr</c>), in the byte order of the machine.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetlinkHeader
{
    internal const int Size = 16;

    internal uint Length;
    internal NetlinkType Type;
    internal NetlinkFlags Flags;
    internal uint Sequence;
    internal uint Port;
}
