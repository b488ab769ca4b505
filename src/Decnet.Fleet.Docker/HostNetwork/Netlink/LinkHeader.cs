namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>What messages on links begin with (<c>struct ifinfomsg</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkHeader
{
    internal const int Size = 16;
    internal const ushort Ethernet = 1;
    internal const uint Up = 0x1;
    internal const uint Loopback = 0x8;
    internal const uint PointToPoint = 0x10;
    internal const uint Running = 0x40;

    internal byte Family;
    internal byte Padding;
    internal ushort HardwareType;
    internal int Index;
    internal uint Flags;
    internal uint ChangedFlags;
}
