namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>The calls behind a netlink socket, an address family that <see cref="System.Net.Sockets.Socket"/> does not know.</summary>
internal static partial class NetlinkNative
{
    internal const int Family = 16;
    internal const int RawCloseOnExec = 3 | 0x80000;
    internal const int RouteProtocol = 0;
    internal const int OptionLevel = 270;
    internal const int CapAcknowledgements = 10;
    internal const int ExplainErrors = 11;
    internal const int CheckStrictly = 12;
    internal const int TellRealLength = 0x20;
    internal const short Readable = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial NetlinkHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(NetlinkHandle socket, in NetlinkAddress address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetOption(NetlinkHandle socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(NetlinkHandle socket, ReadOnlySpan<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(NetlinkHandle socket, Span<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(ref PollEntry entry, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    /// <summary><c>struct sockaddr_nl</c>; port 0 is the kernel.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NetlinkAddress
    {
        internal const int Size = 12;

        internal ushort Family;
        internal ushort Padding;
        internal uint Port;
        internal uint Groups;
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }
}
