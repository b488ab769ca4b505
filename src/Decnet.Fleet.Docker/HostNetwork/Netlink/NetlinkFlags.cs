namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Flags of a message (linux/netlink.h). The same bits mean different things in a read, a creation and an answer.</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 0x1,
    Acknowledge = 0x4,

    /// <summary>In an answer: the table changed while it was being read.</summary>
    DumpInterrupted = 0x10,

    /// <summary>In a read: the whole table.</summary>
    Dump = 0x300,

    /// <summary>In a creation: fail when there is one already.</summary>
    Exclusive = 0x200,

    /// <summary>In a creation: make one that is not there.</summary>
    Create = 0x400,

    /// <summary>In an acknowledgement: of the request, only the header is repeated.</summary>
    Capped = 0x100,

    /// <summary>In an acknowledgement: attributes follow, such as the kernel's own words.</summary>
    WithAttributes = 0x200,
}
