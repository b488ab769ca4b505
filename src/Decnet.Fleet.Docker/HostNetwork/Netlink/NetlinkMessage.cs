namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>One message of a datagram.</summary>
internal readonly ref struct NetlinkMessage(NetlinkHeader header, ReadOnlySpan<byte> body)
{
    internal NetlinkHeader Header { get; } = header;

    /// <summary>What follows the header.</summary>
    internal ReadOnlySpan<byte> Body { get; } = body;
}
