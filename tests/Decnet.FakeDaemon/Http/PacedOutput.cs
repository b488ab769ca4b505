namespace Decnet.FakeDaemon.Http;

using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

/// <summary>
/// Sends bytes all at once, or in lots that the client reads one by one: two writes to a unix socket would otherwise arrive in one read.
/// </summary>
sealed class PacedOutput(Socket socket, int? splitSize)
{
    const uint UnreadByPeer = 0x5411;
    static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(50);
    bool _clientReads = true;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        while (!bytes.IsEmpty)
        {
            var lot = Math.Min(splitSize ?? bytes.Length, bytes.Length);
            await SendAllAsync(bytes[..lot], token);
            bytes = bytes[lot..];
            await UntilReadAsync(token);
        }
    }

    async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, token)..];
        }
    }

    async Task UntilReadAsync(CancellationToken token)
    {
        if (splitSize is null || !_clientReads || !OperatingSystem.IsLinux())
        {
            return;
        }

        var since = Stopwatch.GetTimestamp();
        while (ioctl(socket.SafeHandle, UnreadByPeer, out var unread) == 0 && unread > 0)
        {
            token.ThrowIfCancellationRequested();
            _clientReads = Stopwatch.GetElapsedTime(since) < _patience;
            if (!_clientReads)
            {
                return;
            }

            await Task.Yield();
        }
    }

    [DllImport("libc", SetLastError = true)]
    static extern int ioctl(SafeSocketHandle socket, nuint request, out int value);
}
