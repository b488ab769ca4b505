namespace Decnet.FakeDaemon;

using System.Text;
using System.Text.Json;

/// <summary>An answer, byte for byte. Replies never change, so one may be given any number of times.</summary>
public sealed record FakeReply
{
    // A real engine sends Content-Length up to this size, and the whole rest as one chunk above it.
    const int LargestWithLength = 2048;

    /// <summary>The status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers besides those of the engine and of the framing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; ignored when <see cref="Chunks"/> is there.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The chunks of a streamed body, each of which is sent as soon as it comes; null when the body is fixed.</summary>
    public IAsyncEnumerable<byte[]>? Chunks { get; init; }

    /// <summary>How the reply leaves.</summary>
    public ReplyKind Kind { get; init; }

    /// <summary>Whether the body has chunked coding rather than a length.</summary>
    public bool IsChunked { get; init; }

    /// <summary>Whether the body ends with the connection, having neither a length nor chunks.</summary>
    public bool EndsWithConnection { get; init; }

    /// <summary>Whether the engine's own headers are sent: <c>Api-Version</c>, <c>Ostype</c>, <c>Server</c> and so on.</summary>
    public bool HasEngineHeaders { get; init; } = true;

    /// <summary>How many bytes are sent at a time, each lot only when the client has read the one before; null for all at once.</summary>
    public int? SplitSize { get; init; }

    /// <summary>How long the daemon waits before it answers.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Where the reply breaks off; null when it does not.</summary>
    public ReplyBreak? Break { get; init; }

    /// <summary>Whether the connection is closed after the reply, unannounced.</summary>
    public bool ClosesAfter { get; init; }

    /// <summary>204 without a body.</summary>
    public static FakeReply NoContent { get; } = new() { Status = 204 };

    /// <summary>304 without a body: what start and stop answer when there is nothing to do.</summary>
    public static FakeReply NotModified { get; } = new() { Status = 304 };

    /// <summary>No answer at all; the connection stays open until the client or the daemon ends it.</summary>
    public static FakeReply Hang { get; } = new() { Kind = ReplyKind.Hang };

    /// <summary>No answer but a reset of the connection. From a handler that had to wait it is a plain close.</summary>
    public static FakeReply Reset { get; } = new() { Kind = ReplyKind.Reset };

    /// <summary>No answer but the end of the connection.</summary>
    public static FakeReply Close { get; } = new() { Kind = ReplyKind.Close };

    /// <summary>A JSON document, framed as an engine does: with a length when small, as one chunk when large.</summary>
    public static FakeReply Json(string text, int status = 200) => Json(Encoding.UTF8.GetBytes(text), status);

    /// <inheritdoc cref="Json(string, int)"/>
    public static FakeReply Json(ReadOnlyMemory<byte> document, int status = 200) =>
        new FakeReply { Status = status, Body = document, IsChunked = document.Length > LargestWithLength }.WithContentType("application/json");

    /// <summary>An error in the engine's shape: <c>{"message":"…"}</c>.</summary>
    public static FakeReply Error(int status, string message) =>
        Json($"{{\"message\":{JsonSerializer.Serialize(message)}}}\n", status);

    /// <summary>A page as a proxy before the engine makes it, without the engine's headers.</summary>
    public static FakeReply Html(int status, string? page = null) =>
        Plain("text/html", page ?? $"<html><head><title>{status}</title></head><body><h1>{status}</h1><hr>proxy</body></html>\r\n", status)
            .WithoutEngineHeaders()
            .WithHeader("Server", "proxy");

    /// <summary>Plain text.</summary>
    public static FakeReply Text(string text, int status = 200) => Plain("text/plain; charset=utf-8", text, status);

    /// <summary>The literal bytes of the whole answer. The connection stays open unless told otherwise.</summary>
    public static FakeReply Raw(ReadOnlyMemory<byte> bytes) => new() { Kind = ReplyKind.Raw, Body = bytes };

    /// <summary>The literal text of the whole answer.</summary>
    public static FakeReply Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// A stream, with each array as one chunk. It ends when the sequence ends; an exception in the sequence cuts the connection.
    /// The sequence should heed its token, which is cancelled when the client or the daemon goes.
    /// </summary>
    public static FakeReply Stream(IAsyncEnumerable<byte[]> chunks, string contentType = "application/json") =>
        new FakeReply { Chunks = chunks, IsChunked = true }.WithContentType(contentType);

    /// <summary>Sends every byte by itself, when the client has read the one before.</summary>
    public FakeReply SplitEveryByte() => SplitEvery(1);

    /// <summary>Sends so many bytes at a time, each lot when the client has read the one before. Head, framing and body count.</summary>
    public FakeReply SplitEvery(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return this with { SplitSize = bytes };
    }

    /// <summary>Closes the connection after so many bytes of a body whose head promised more.</summary>
    public FakeReply Truncated(long afterBytes) => BrokenOff(ReplyKind.Close, afterBytes);

    /// <summary>Resets the connection after so many bytes of a body whose head promised more.</summary>
    public FakeReply ResetAfter(long bytes) => BrokenOff(ReplyKind.Reset, bytes);

    /// <summary>Sends the head and so many bytes of the body, then nothing more, with the connection open.</summary>
    public FakeReply StallAfter(long bytes) => BrokenOff(ReplyKind.Hang, bytes);

    /// <summary>Waits before the head.</summary>
    public FakeReply DelayHeaders(TimeSpan delay) => this with { Delay = delay };

    /// <summary>Sends the body with chunked coding whatever its size.</summary>
    public FakeReply Chunked() => this with { IsChunked = true, EndsWithConnection = false };

    /// <summary>Sends neither a length nor chunks: the body ends with the connection.</summary>
    public FakeReply WithoutContentLength() => this with { IsChunked = false, EndsWithConnection = true };

    /// <summary>Closes the connection after the reply without having said so, as an idle time-out does.</summary>
    public FakeReply CloseAfter() => this with { ClosesAfter = true };

    /// <summary>Sets the content type; null or empty for none.</summary>
    public FakeReply WithContentType(string? type) => WithHeader("Content-Type", type);

    /// <summary>Leaves out the headers of the engine.</summary>
    public FakeReply WithoutEngineHeaders() => this with { HasEngineHeaders = false };

    /// <summary>Sets a header, which replaces the engine's own; null or empty removes it.</summary>
    public FakeReply WithHeader(string name, string? value)
    {
        var others = Headers.Where(header => !header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return this with { Headers = [.. others, new(name, value ?? "")] };
    }

    static FakeReply Plain(string type, string text, int status) =>
        new FakeReply { Status = status, Body = Encoding.UTF8.GetBytes(text) }.WithContentType(type);

    FakeReply BrokenOff(ReplyKind kind, long afterBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        if (Chunks is null && (afterBytes > Body.Length || (afterBytes == Body.Length && !IsChunked)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(afterBytes), afterBytes, $"The body has {Body.Length} bytes, so it is complete by then.");
        }

        return this with { Break = new(kind, afterBytes) };
    }
}
