namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>What a message is (linux/netlink.h, linux/rtnetlink.h).</summary>
internal enum NetlinkType : ushort
{
    Error = 2,
    Done = 3,
    NewLink = 16,
    DeleteLink = 17,
    GetLink = 18,
    NewAddress = 20,
    DeleteAddress = 21,
    GetAddress = 22,
    NewRoute = 24,
    DeleteRoute = 25,
    GetRoute = 26,
}
