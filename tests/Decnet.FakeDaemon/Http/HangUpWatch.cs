namespace Decnet.FakeDaemon.Http;

using System.Net.Sockets;

/// <summary>Notices that the client goes while it is being answered. The request must have been taken off the socket.</summary>
sealed class HangUpWatch : IAsyncDisposable
{
    readonly Socket _socket;
    readonly CancellationTokenSource _gone;
    readonly CancellationTokenSource _end = new();
    readonly Task _watching;

    public HangUpWatch(Socket socket, CancellationToken stop)
    {
        _socket = socket;
        _gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _watching = WatchAsync();
    }

    /// <summary>Cancelled when the client or the daemon goes.</summary>
    public CancellationToken Token => _gone.Token;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
        _gone.Dispose();
    }

    async Task WatchAsync()
    {
        var gone = false;
        try
        {
            gone = await _socket.ReceiveAsync(new byte[1], SocketFlags.Peek, _end.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            gone = true;
        }

        if (gone)
        {
            await _gone.CancelAsync();
        }
    }
}
