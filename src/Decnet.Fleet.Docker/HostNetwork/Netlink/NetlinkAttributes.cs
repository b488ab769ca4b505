namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>A run of attributes, for <c>foreach</c>.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    const int HeaderLength = 4;
    const ushort TypeBits = 0x3FFF;

    ReadOnlySpan<byte> rest = bytes;

    public NetlinkAttribute Current { get; private set; }

    public readonly NetlinkAttributes GetEnumerator() => this;

    public bool MoveNext()
    {
        if (rest.Length < HeaderLength)
        {
            return false;
        }

        var length = MemoryMarshal.Read<ushort>(rest);
        if (length < HeaderLength || length > rest.Length)
        {
            throw new NetlinkException("an attribute in an answer of the kernel is cut off");
        }

        var type = (ushort)(MemoryMarshal.Read<ushort>(rest[2..]) & TypeBits);
        Current = new NetlinkAttribute(type, rest[HeaderLength..length]);
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }
}
