namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>What each way of a route with several ways begins with (<c>struct rtnexthop</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NextHopHeader
{
    internal const int Size = 8;

    internal ushort Length;
    internal byte Flags;
    internal byte Hops;
    internal int LinkIndex;
}
