namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>What messages on addresses begin with (<c>struct ifaddrmsg</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressHeader
{
    internal const int Size = 8;
    internal const byte Secondary = 0x1;

    internal byte Family;
    internal byte PrefixLength;
    internal byte Flags;
    internal byte Scope;
    internal int LinkIndex;
}
