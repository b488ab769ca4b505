namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>Requests with their answers: a change that is acknowledged, a table that is read as a whole.</summary>
internal sealed class NetlinkClient(INetlinkChannel channel)
{
    /// <summary>The kernel fills datagrams of 32 KiB at most when it is offered that much.</summary>
    const int BufferLength = 64 * 1024;

    /// <summary>Enough for the routes of the whole internet; a bound against answers without end.</summary>
    const long MaximumTable = 512L * 1024 * 1024;

    const int MaximumReads = 8;
    const ushort ErrorText = 1;

    readonly byte[] buffer = new byte[BufferLength];
    uint sequence;

    /// <summary>Sends a change and waits until the kernel has made it.</summary>
    /// <exception cref="NetlinkException">It has not.</exception>
    internal void Change(NetlinkRequest request)
    {
        Send(request);
        long received = 0;
        while (true)
        {
            foreach (var message in Receive(ref received))
            {
                if (message.Header.Sequence == sequence && message.Header.Type == NetlinkType.Error)
                {
                    ThrowIfRefused(message);
                    return;
                }
            }
        }
    }

    /// <summary>Reads a table; again from the start when it changed meanwhile.</summary>
    /// <exception cref="NetlinkException">It cannot be read.</exception>
    internal List<T> Read<T>(NetlinkRequest request, NetlinkType entry, NetlinkParser<T> parse)
    {
        var found = new List<T>();
        for (var read = 0; read < MaximumReads; read++)
        {
            found.Clear();
            if (TryRead(request, entry, parse, found))
            {
                return found;
            }
        }

        throw new NetlinkException($"the network configuration changed during each of {MaximumReads} attempts to read it");
    }

    bool TryRead<T>(NetlinkRequest request, NetlinkType entry, NetlinkParser<T> parse, List<T> found)
    {
        Send(request);
        var isWhole = true;
        long received = 0;
        while (true)
        {
            foreach (var message in Receive(ref received))
            {
                if (message.Header.Sequence != sequence)
                {
                    continue;
                }

                isWhole &= !message.Header.Flags.HasFlag(NetlinkFlags.DumpInterrupted);
                if (message.Header.Type is NetlinkType.Error or NetlinkType.Done)
                {
                    ThrowIfRefused(message);
                    return isWhole;
                }

                if (message.Header.Type == entry)
                {
                    parse(message.Body, found);
                }
            }
        }
    }

    void Send(NetlinkRequest request) => channel.Send(request.Finish(++sequence));

    NetlinkMessages Receive(ref long received)
    {
        var length = channel.Receive(buffer);
        received += length;
        return length > 0 && received <= MaximumTable
            ? new NetlinkMessages(buffer.AsSpan(0, length))
            : throw new NetlinkException($"the answer of the kernel does not end after {received} bytes");
    }

    /// <summary>Acknowledgements and ends of tables begin with an error number, negative, or 0 for success.</summary>
    static void ThrowIfRefused(NetlinkMessage message)
    {
        // Old kernels end a table without a number.
        if (!MemoryMarshal.TryRead<int>(message.Body, out var number) || number == 0)
        {
            return;
        }

        throw NetlinkException.From(-number, KernelText(message));
    }

    static string? KernelText(NetlinkMessage message)
    {
        if (!message.Header.Flags.HasFlag(NetlinkFlags.WithAttributes))
        {
            return null;
        }

        var start = sizeof(int);
        if (message.Header.Type == NetlinkType.Error)
        {
            var request = MemoryMarshal.TryRead<NetlinkHeader>(message.Body[start..], out var header) ? header.Length : 0;
            start += message.Header.Flags.HasFlag(NetlinkFlags.Capped) ? NetlinkHeader.Size : (int)Math.Min((request + 3) & ~3u, int.MaxValue / 2);
        }

        foreach (var attribute in new NetlinkAttributes(message.Body[Math.Min(start, message.Body.Length)..]))
        {
            if (attribute.Type == ErrorText)
            {
                return attribute.Text;
            }
        }

        return null;
    }
}
