namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Net;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>A request under construction: header, header of its kind, attributes. Everything is aligned to 4 bytes.</summary>
internal sealed class NetlinkRequest
{
    const int AttributeHeader = 4;
    const ushort Nested = 0x8000;

    readonly NetlinkType type;
    readonly NetlinkFlags flags;
    byte[] bytes = new byte[256];
    int length = NetlinkHeader.Size;

    NetlinkRequest(NetlinkType type, NetlinkFlags flags)
    {
        this.type = type;
        this.flags = flags | NetlinkFlags.Request;
    }

    internal static NetlinkRequest Create<T>(NetlinkType type, NetlinkFlags flags, T kindHeader) where T : unmanaged
    {
        var request = new NetlinkRequest(type, flags);
        request.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in kindHeader)));
        return request;
    }

    internal NetlinkRequest Add(ushort attribute, ReadOnlySpan<byte> value)
    {
        Append(MemoryMarshal.AsBytes<ushort>([(ushort)(AttributeHeader + value.Length), attribute]));
        Append(value);
        return this;
    }

    internal NetlinkRequest Add<T>(ushort attribute, T value) where T : unmanaged =>
        Add(attribute, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    internal NetlinkRequest Add(ushort attribute, string text) => Add(attribute, Encoding.UTF8.GetBytes(text + '\0'));

    internal NetlinkRequest Add(ushort attribute, IPAddress address) => Add(attribute, address.GetAddressBytes());

    internal NetlinkRequest AddNested(ushort attribute, Action<NetlinkRequest> content)
    {
        var start = length;
        Append(MemoryMarshal.AsBytes<ushort>([0, (ushort)(attribute | Nested)]));
        content(this);
        MemoryMarshal.Write(bytes.AsSpan(start), (ushort)(length - start));
        return this;
    }

    /// <summary>The finished message.</summary>
    internal ReadOnlySpan<byte> Finish(uint sequence)
    {
        var header = new NetlinkHeader { Length = (uint)length, Type = type, Flags = flags, Sequence = sequence };
        MemoryMarshal.Write(bytes, in header);
        return bytes.AsSpan(0, length);
    }

    void Append(ReadOnlySpan<byte> value)
    {
        var end = length + ((value.Length + 3) & ~3);
        if (end > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(end, bytes.Length * 2));
        }

        value.CopyTo(bytes.AsSpan(length));
        length = end;
    }
}
