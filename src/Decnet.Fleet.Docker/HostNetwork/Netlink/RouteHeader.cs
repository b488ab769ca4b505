namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>What messages on routes begin with (<c>struct rtmsg</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RouteHeader
{
    internal const int Size = 12;
    internal const byte MainTable = 254;
    internal const byte Unicast = 1;
    internal const byte StaticProtocol = 4;
    internal const byte LinkScope = 253;
    internal const byte AnyScope = 255;
    internal const uint Dead = 0x1;
    internal const uint LinkDown = 0x10;

    internal byte Family;
    internal byte DestinationLength;
    internal byte SourceLength;
    internal byte TypeOfService;
    internal byte Table;
    internal byte Protocol;
    internal byte Scope;
    internal byte Type;
    internal uint Flags;
}
