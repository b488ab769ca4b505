namespace Decnet.Fleet.Docker.Observing;

using System.Buffers;
using System.Text.Json;

/// <summary>
/// Reads a listing while it arrives: in one buffer that is lent, holds a part of the listing, and grows only for a container
/// that does not fit. What is not a complete list is an error, never a shorter list.
/// </summary>
/// <param name="texts">The texts of earlier listings.</param>
/// <param name="project">Whose containers are read.</param>
/// <param name="bufferSize">The least size of the buffer, in bytes.</param>
internal sealed class ContainerListReader(TextCache texts, FleetProject project, int bufferSize = ContainerListReader.BufferSize)
{
    const int BufferSize = 64 * 1024;

    /// <summary>No engine writes this much about one container.</summary>
    const int LargestContainer = 16 * 1024 * 1024;

    readonly ContainerParser parser = new(texts, project);
    readonly List<ListedContainer> found = [];
    JsonReaderState state;

    internal async Task<List<ListedContainer>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bufferSize);
        try
        {
            var filled = 0;
            for (var ended = false; !ended;)
            {
                if (filled == buffer.Length)
                {
                    Grow(ref buffer);
                }

                // Fewer and larger steps: all of the listing is needed anyway.
                var room = buffer.AsMemory(filled);
                var count = await stream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                ended = count < room.Length;
                filled += count;
                var used = Parse(buffer.AsSpan(0, filled), ended);
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }

            return found;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static void Grow(ref byte[] buffer)
    {
        if (buffer.Length >= LargestContainer)
        {
            throw new InvalidDataException($"One container is described with more than {LargestContainer} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>Reads the containers that are complete.</summary>
    /// <returns>How many bytes they take.</returns>
    int Parse(ReadOnlySpan<byte> bytes, bool ended)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, ended, state);
            var before = reader;
            while (reader.Read() && TryStep(ref reader))
            {
                before = reader;
            }

            if (ended)
            {
                return bytes.Length;
            }

            state = before.CurrentState;
            return (int)before.BytesConsumed;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("A text of the listing is not UTF-8.", error);
        }
    }

    bool TryStep(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when reader.CurrentDepth == 0:
            case JsonTokenType.EndArray:
                return true;
            case JsonTokenType.StartObject when reader.CurrentDepth == 1:
                if (!parser.TryRead(ref reader, out var container))
                {
                    return false;
                }

                if (container is { } ours)
                {
                    found.Add(ours);
                }

                return true;
            default:
                throw new JsonException($"The answer is no list of containers: it has {reader.TokenType} at its level {reader.CurrentDepth}.");
        }
    }
}
