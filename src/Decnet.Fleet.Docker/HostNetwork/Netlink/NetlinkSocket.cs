namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

using System.Runtime.InteropServices;

/// <summary>A routing socket of the network namespace of the thread that opens it.</summary>
internal sealed class NetlinkSocket : INetlinkChannel, IDisposable
{
    /// <summary>The kernel answers at once; it only waits for its lock on the network configuration.</summary>
    const int ReceiveMilliseconds = 15_000;

    readonly NetlinkHandle handle;

    NetlinkSocket(NetlinkHandle handle) => this.handle = handle;

    internal static NetlinkSocket Open()
    {
        var handle = NetlinkNative.Socket(NetlinkNative.Family, NetlinkNative.RawCloseOnExec, NetlinkNative.RouteProtocol);
        if (handle.IsInvalid)
        {
            throw NetlinkException.FromLastCall();
        }

        try
        {
            // Once connected to the kernel, no other process can send to this socket.
            var kernel = new NetlinkNative.NetlinkAddress { Family = NetlinkNative.Family };
            if (NetlinkNative.Connect(handle, in kernel, NetlinkNative.NetlinkAddress.Size) != 0)
            {
                throw NetlinkException.FromLastCall();
            }

            // Kernels before 4.20 do not know all of them and work without: errors say less, and reads are not filtered.
            foreach (var option in (ReadOnlySpan<int>)[NetlinkNative.CapAcknowledgements, NetlinkNative.ExplainErrors, NetlinkNative.CheckStrictly])
            {
                _ = NetlinkNative.SetOption(handle, NetlinkNative.OptionLevel, option, 1, sizeof(int));
            }

            return new NetlinkSocket(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        nint sent;
        while ((sent = NetlinkNative.Send(handle, message, (nuint)message.Length, 0)) < 0)
        {
            ThrowUnlessInterrupted();
        }

        if (sent != message.Length)
        {
            throw new NetlinkException($"the kernel took {sent} of the {message.Length} bytes of a request");
        }
    }

    public int Receive(Span<byte> buffer)
    {
        WaitForAnswer();
        nint received;
        while ((received = NetlinkNative.Receive(handle, buffer, (nuint)buffer.Length, NetlinkNative.TellRealLength)) < 0)
        {
            ThrowUnlessInterrupted();
        }

        return received <= buffer.Length
            ? (int)received
            : throw new NetlinkException($"an answer of the kernel has {received} bytes, more than the {buffer.Length} expected at most");
    }

    public void Dispose() => handle.Dispose();

    void WaitForAnswer()
    {
        var entry = new NetlinkNative.PollEntry { Descriptor = (int)handle.DangerousGetHandle(), Wanted = NetlinkNative.Readable };
        int ready;
        while ((ready = NetlinkNative.Poll(ref entry, 1, ReceiveMilliseconds)) < 0)
        {
            ThrowUnlessInterrupted();
        }

        if (ready == 0)
        {
            throw new NetlinkException($"the kernel did not answer within {ReceiveMilliseconds / 1000} s");
        }
    }

    static void ThrowUnlessInterrupted()
    {
        if (Marshal.GetLastPInvokeError() != NetlinkException.Interrupted)
        {
            throw NetlinkException.FromLastCall();
        }
    }
}
