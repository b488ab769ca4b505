namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>A way to the kernel and back, for one request at a time.</summary>
internal interface INetlinkChannel
{
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Waits for one datagram, which holds one or more whole messages.</summary>
    /// <returns>Its length.</returns>
    /// <exception cref="NetlinkException">Nothing came in time, or it does not fit.</exception>
    int Receive(Span<byte> buffer);
}
