namespace Decnet.FakeDaemon.Http;

using System.Net.Sockets;
using System.Text;

/// <summary>
/// Reads ahead without taking bytes off the socket until more are needed. So the end of each request is still unread when its
/// reply is chosen: closing a unix socket with unread bytes is what makes the client see a reset.
/// </summary>
sealed class PeekedInput(Socket socket)
{
    const int LongestLine = 64 * 1024;
    byte[] _buffer = new byte[16 * 1024];
    int _start;
    int _taken;
    int _end;

    /// <summary>Reads up to the end of a line; null when the client ended before.</summary>
    public async Task<string?> LineAsync(CancellationToken token)
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            if (_end - _start > LongestLine)
            {
                throw new MalformedRequestException("a line is too long");
            }

            if (!await MoreAsync(token))
            {
                return null;
            }
        }

        var line = Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r');
        _start += length + 1;
        return line;
    }

    /// <summary>Reads that many bytes into a stream; false when the client ended before.</summary>
    public async Task<bool> CopyAsync(long count, Stream target, CancellationToken token)
    {
        while (count > 0)
        {
            if (_start == _end && !await MoreAsync(token))
            {
                return false;
            }

            var part = (int)Math.Min(count, _end - _start);
            target.Write(_buffer, _start, part);
            _start += part;
            count -= part;
        }

        return true;
    }

    /// <summary>Takes what was read off the socket.</summary>
    public Task TakeReadAsync(CancellationToken token) => TakeAsync(_start, token);

    /// <summary>Takes all that was seen off the socket.</summary>
    public Task TakeSeenAsync(CancellationToken token) => TakeAsync(_end, token);

    async Task<bool> MoreAsync(CancellationToken token)
    {
        await TakeAsync(_end, token);
        MakeRoom();
        var count = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.Peek, token);
        _end += count;
        return count > 0;
    }

    async Task TakeAsync(int end, CancellationToken token)
    {
        while (_taken < end)
        {
            var count = await socket.ReceiveAsync(_buffer.AsMemory(_taken, end - _taken), SocketFlags.None, token);
            if (count == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            _taken += count;
        }
    }

    void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_taken, _end, _start) = (_taken - _start, _end - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
