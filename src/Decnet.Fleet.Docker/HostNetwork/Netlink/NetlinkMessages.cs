namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>The messages of one datagram, for <c>foreach</c>.</summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> datagram)
{
    ReadOnlySpan<byte> rest = datagram;

    public NetlinkMessage Current { get; private set; }

    public readonly NetlinkMessages GetEnumerator() => this;

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        if (!MemoryMarshal.TryRead<NetlinkHeader>(rest, out var header) || header.Length < NetlinkHeader.Size || header.Length > rest.Length)
        {
            throw new NetlinkException("an answer of the kernel is cut off");
        }

        var length = (int)header.Length;
        Current = new NetlinkMessage(header, rest[NetlinkHeader.Size..length]);
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }
}
