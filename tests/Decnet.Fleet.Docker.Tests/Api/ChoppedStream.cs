namespace Decnet.Fleet.Docker.Tests.Api;

/// <summary>A stream that gives one part per read, and then ends, breaks or waits.</summary>
internal sealed class ChoppedStream(IEnumerable<byte[]> parts, Func<CancellationToken, Task<int>>? end = null) : MemoryStream
{
    readonly Queue<ReadOnlyMemory<byte>> parts = new(parts.Select(static part => new ReadOnlyMemory<byte>(part)));

    /// <summary>How often somebody read.</summary>
    internal int Reads { get; private set; }

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reads++;
        if (!parts.TryDequeue(out var part))
        {
            return end is null ? 0 : await end(cancellationToken);
        }

        if (part.Length > buffer.Length)
        {
            parts.Enqueue(part[buffer.Length..]);
            for (var others = parts.Count - 1; others > 0; others--)
            {
                parts.Enqueue(parts.Dequeue());
            }

            part = part[..buffer.Length];
        }

        part.CopyTo(buffer);
        return part.Length;
    }

    internal static IEnumerable<byte[]> Cut(byte[] bytes, params int[] at)
    {
        var start = 0;
        foreach (var end in at.Append(bytes.Length))
        {
            yield return bytes[start..end];
            start = end;
        }
    }
}
