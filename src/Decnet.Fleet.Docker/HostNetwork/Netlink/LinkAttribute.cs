namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Attributes of links and of what is nested in them (linux/if_link.h, linux/ip.h).</summary>
internal static class LinkAttribute
{
    internal const ushort MacAddress = 1;
    internal const ushort Name = 3;
    internal const ushort Parent = 5;
    internal const ushort Master = 10;
    internal const ushort Info = 18;
    internal const ushort FamilySettings = 26;
    internal const ushort Detail = 29;
    internal const ushort ParentNamespace = 37;

    internal const ushort InfoKind = 1;
    internal const ushort InfoData = 2;

    /// <summary>The mode of a macvlan (32 bits) and of an ipvlan (16 bits).</summary>
    internal const ushort DataMode = 1;
    internal const uint MacvlanBridge = 4;
    internal const ushort IpvlanL2 = 0;

    internal const uint SkipStatistics = 8;

    internal const ushort InternetFamily = 2;
    internal const ushort InternetSettings = 1;
    internal const ushort ReversePathFilter = 8;
    internal const ushort ArpIgnore = 19;
}
