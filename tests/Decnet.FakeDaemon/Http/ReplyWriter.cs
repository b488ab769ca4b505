namespace Decnet.FakeDaemon.Http;

using System.Globalization;
using System.Text;
using Decnet.FakeDaemon.Engine;

/// <summary>Writes one reply with its faults.</summary>
sealed class ReplyWriter(PacedOutput output, EngineRelease release, FakeRequest request, FakeReply reply)
{
    static readonly byte[] _lineEnd = "\r\n"u8.ToArray();
    static readonly byte[] _lastChunk = "0\r\n\r\n"u8.ToArray();
    long _sent;

    /// <summary>Writes it; false when the connection is to be closed.</summary>
    public async Task<bool> WriteAsync(CancellationToken token)
    {
        await Task.Delay(reply.Delay, token);
        return reply.Kind switch
        {
            ReplyKind.Http => await WriteHttpAsync(token),
            ReplyKind.Raw => await PieceAsync(reply.Body, isChunk: false, token) && !reply.ClosesAfter,
            ReplyKind.Hang => await StayAsync(token),
            _ => false,
        };
    }

    async Task<bool> WriteHttpAsync(CancellationToken token)
    {
        var mustClose = request.Headers.TryGetValue("Connection", out var wish) && wish.Contains("close", StringComparison.OrdinalIgnoreCase);
        var head = ReplyHead.Of(reply, release, mustClose || reply.EndsWithConnection);
        var isWhole = request.Method == "HEAD" || ReplyHead.IsBodiless(reply.Status)
            ? await WriteHeadAsync(head, token)
            : reply.Chunks is { } chunks ? await WriteStreamAsync(head, chunks, token) : await WriteFixedAsync(head, token);
        return isWhole && !mustClose && !reply.EndsWithConnection && !reply.ClosesAfter;
    }

    async Task<bool> WriteHeadAsync(byte[] head, CancellationToken token)
    {
        await output.SendAsync(head, token);
        return true;
    }

    async Task<bool> WriteFixedAsync(byte[] head, CancellationToken token) =>
        await WriteHeadAsync(head, token)
        && await PieceAsync(reply.Body, reply.IsChunked, token)
        && await EndAsync(token);

    async Task<bool> WriteStreamAsync(byte[] head, IAsyncEnumerable<byte[]> stream, CancellationToken token)
    {
        // The stream begins before the head is sent, so that its end is seen to even if the client is gone by then.
        await using var chunks = new AbandonableSequence(stream, token);
        var next = chunks.NextAsync();
        await output.SendAsync(head, token);
        while (await next is { } chunk)
        {
            if (!await PieceAsync(chunk, reply.IsChunked, token))
            {
                return false;
            }

            next = chunks.NextAsync();
        }

        return await EndAsync(token);
    }

    async Task<bool> EndAsync(CancellationToken token)
    {
        if (reply.IsChunked)
        {
            await output.SendAsync(_lastChunk, token);
        }

        return true;
    }

    async Task<bool> PieceAsync(ReadOnlyMemory<byte> piece, bool isChunk, CancellationToken token)
    {
        var allowed = reply.Break is { } limit ? Math.Min(piece.Length, limit.AfterBytes - _sent) : piece.Length;
        if (isChunk && !piece.IsEmpty)
        {
            await output.SendAsync(Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), token);
        }

        await output.SendAsync(piece[..(int)allowed], token);
        _sent += allowed;
        if (reply.Break is { } end && _sent == end.AfterBytes)
        {
            return end.Kind == ReplyKind.Hang && await StayAsync(token);
        }

        if (isChunk && !piece.IsEmpty)
        {
            await output.SendAsync(_lineEnd, token);
        }

        return true;
    }

    static async Task<bool> StayAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return false;
    }
}
