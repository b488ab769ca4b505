namespace Decnet.Fleet.Docker.Api;

using System.Buffers.Binary;

/// <summary>
/// Reads the lines of a container's output: raw, or in frames of 8 bytes (stream, three zeros, length as a big-endian
/// number) and as many bytes of output as they say. Frames, lines and characters may be split anywhere.
/// </summary>
internal sealed class LogReader(Stream body, bool framed)
{
    const int HeaderSize = 8;
    const int EngineStream = 3;

    readonly Queue<LogLine> lines = new();
    readonly LineSplitter[] splitters = [new(), new(), new(), new()];
    readonly byte[] part = new byte[16 * 1024];
    readonly byte[] header = new byte[HeaderSize];
    int headerLength;
    long frameRest;
    bool ended;

    /// <summary>Reads the next line.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="InvalidDataException">It is no frame.</exception>
    /// <exception cref="EndOfStreamException">A frame is not complete.</exception>
    internal async ValueTask<LogLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (lines.Count == 0 && !ended)
        {
            var count = await body.ReadAsync(part, cancellationToken).ConfigureAwait(false);
            if (count > 0)
            {
                Take(part.AsSpan(0, count));
            }
            else
            {
                End();
            }
        }

        return lines.TryDequeue(out var line) ? line : null;
    }

    void Take(ReadOnlySpan<byte> bytes)
    {
        while (framed && !bytes.IsEmpty)
        {
            if (frameRest == 0)
            {
                var count = Math.Min(HeaderSize - headerLength, bytes.Length);
                bytes[..count].CopyTo(header.AsSpan(headerLength));
                headerLength += count;
                bytes = bytes[count..];
                BeginFrame();
            }
            else
            {
                var count = (int)Math.Min(frameRest, bytes.Length);
                Split(header[0], bytes[..count]);
                frameRest -= count;
                bytes = bytes[count..];
            }
        }

        if (!framed)
        {
            Split(1, bytes);
        }
    }

    void BeginFrame()
    {
        if (headerLength < HeaderSize)
        {
            return;
        }

        if (header[0] > EngineStream || header.AsSpan(1, 3).ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException($"0x{Convert.ToHexString(header)} is not the head of a frame.");
        }

        frameRest = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
        headerLength = 0;
    }

    void Split(int stream, ReadOnlySpan<byte> bytes)
    {
        foreach (var line in splitters[stream].Add(bytes))
        {
            Add(stream, line);
        }
    }

    void Add(int stream, string line)
    {
        if (stream == EngineStream)
        {
            throw new InvalidDataException($"the engine says: {line}");
        }

        lines.Enqueue(new LogLine(stream == 2 ? LogStream.Errors : LogStream.Output, line));
    }

    void End()
    {
        if (headerLength > 0 || frameRest > 0)
        {
            throw new EndOfStreamException("The stream ended in the middle of a frame.");
        }

        ended = true;
        for (var stream = 0; stream < splitters.Length; stream++)
        {
            if (splitters[stream].Rest() is { } rest)
            {
                Add(stream, rest);
            }
        }
    }
}
