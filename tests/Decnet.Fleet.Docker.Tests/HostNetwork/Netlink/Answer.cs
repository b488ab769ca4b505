namespace Decnet.Fleet.Docker.Tests.HostNetwork.Netlink;

using System.Runtime.InteropServices;
using System.Text;
using Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Makes answers as the kernel writes them.</summary>
internal static class Answer
{
    internal static byte[] Message(NetlinkType type, uint sequence, ReadOnlySpan<byte> body, NetlinkFlags flags = NetlinkFlags.None)
    {
        var bytes = new byte[(NetlinkHeader.Size + body.Length + 3) & ~3];
        var header = new NetlinkHeader { Length = (uint)(NetlinkHeader.Size + body.Length), Type = type, Flags = flags, Sequence = sequence };
        MemoryMarshal.Write(bytes, in header);
        body.CopyTo(bytes.AsSpan(NetlinkHeader.Size));
        return bytes;
    }

    internal static byte[] Done(uint sequence, int number = 0, NetlinkFlags flags = NetlinkFlags.None) =>
        Message(NetlinkType.Done, sequence, BitConverter.GetBytes(number), flags);

    /// <summary>An acknowledgement, with a request of <paramref name="repeated"/> bytes repeated in it.</summary>
    internal static byte[] Acknowledgement(uint sequence, int number, string? text = null, int repeated = NetlinkHeader.Size)
    {
        var body = new List<byte>(BitConverter.GetBytes(number));
        var request = new byte[(repeated + 3) & ~3];
        MemoryMarshal.Write(request, (uint)repeated);
        body.AddRange(request);
        var flags = repeated == NetlinkHeader.Size ? NetlinkFlags.Capped : NetlinkFlags.None;
        if (text is not null)
        {
            flags |= NetlinkFlags.WithAttributes;
            byte[] value = [.. Encoding.UTF8.GetBytes(text), 0];
            body.AddRange(MemoryMarshal.AsBytes<ushort>([(ushort)(4 + value.Length), 1]).ToArray());
            body.AddRange(value);
        }

        return Message(NetlinkType.Error, sequence, body.ToArray(), flags);
    }
}
