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
        await output.SendAsync(ReplyHead.Of(reply, release, mustClose || reply.EndsWithConnection), token);
        var isWhole = request.Method == "HEAD" || ReplyHead.IsBodiless(reply.Status) || await WriteBodyAsync(token);
        return isWhole && !mustClose && !reply.EndsWithConnection && !reply.ClosesAfter;
    }

    async Task<bool> WriteBodyAsync(CancellationToken token)
    {
        if (reply.Chunks is null)
        {
            return (reply.Body.IsEmpty && reply.Break is null)
                ? await EndAsync(token)
                : await PieceAsync(reply.Body, reply.IsChunked, token) && await EndAsync(token);
        }

        // What is sent first is the head of the answer; a real engine does not hold it back until there is a first event.
        await using var chunks = new AbandonableSequence(reply.Chunks, token);
        while (await chunks.NextAsync() is { } chunk)
        {
            if (!await PieceAsync(chunk, reply.IsChunked, token))
            {
                return false;
            }
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
