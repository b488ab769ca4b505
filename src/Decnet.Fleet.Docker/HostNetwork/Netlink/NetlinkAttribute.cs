namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Net;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>One attribute of a message. A value of another length than asked for is a malformed answer.</summary>
internal readonly ref struct NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
{
    /// <summary>Which attribute, without the marks for nesting and byte order.</summary>
    internal ushort Type { get; } = type;

    internal ReadOnlySpan<byte> Value { get; } = value;

    internal NetlinkAttributes Nested => new(Value);

    internal uint Number => Read<uint>();

    internal ushort ShortNumber => Read<ushort>();

    internal IPAddress IPv4Address => Value.Length == 4 ? new IPAddress(Value) : throw Malformed();

    internal string Text => Encoding.UTF8.GetString(Value.TrimEnd((byte)0));

    T Read<T>() where T : unmanaged => MemoryMarshal.TryRead<T>(Value, out var value) ? value : throw Malformed();

    NetlinkException Malformed() => new($"attribute {Type} in an answer of the kernel has {Value.Length} bytes");
}
