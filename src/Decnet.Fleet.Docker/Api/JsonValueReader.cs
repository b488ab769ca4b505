namespace Decnet.Fleet.Docker.Api;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

/// <summary>
/// Reads JSON objects that follow each other in a stream: with or without lines (<c>application/json</c>,
/// <c>application/x-ndjson</c>), or with record separators (<c>application/json-seq</c>, RFC 7464). Each is given as soon as
/// its last byte is there, never first when the next one begins.
/// </summary>
internal sealed class JsonValueReader<T>(Stream body, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>The longest object. What is longer is not the engine's.</summary>
    internal const int LongestValue = 1 << 20;

    byte[] buffer = new byte[4096];
    JsonReaderState state;
    int start;
    int scanned;
    int end;

    /// <summary>Reads the next object.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    /// <exception cref="EndOfStreamException">It is not complete.</exception>
    internal async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        while (!FindEnd())
        {
            MakeRoom();
            var count = await body.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return start == end ? null : throw new EndOfStreamException("The stream ended in the middle of a message.");
            }

            end += count;
        }

        var value = JsonSerializer.Deserialize(buffer.AsSpan(start, scanned - start), type);
        start = scanned;
        return value;
    }

    bool FindEnd()
    {
        if (start == scanned)
        {
            while (start < end && buffer[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x1E)
            {
                start++;
            }

            (scanned, state) = (start, default);
            if (start < end && buffer[start] != (byte)'{')
            {
                throw new JsonException($"An object should begin, but there is the byte 0x{buffer[start]:X2}.");
            }
        }

        var reader = new Utf8JsonReader(buffer.AsSpan(scanned, end - scanned), isFinalBlock: false, state);
        var found = false;
        while (!found && reader.Read())
        {
            found = reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0;
        }

        scanned += (int)reader.BytesConsumed;
        state = reader.CurrentState;
        return found;
    }

    void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (scanned, end, start) = (scanned - start, end - start, 0);
        }

        if (end == buffer.Length)
        {
            if (end >= LongestValue)
            {
                throw new InvalidDataException($"A message is longer than {LongestValue} bytes.");
            }

            Array.Resize(ref buffer, end * 2);
        }
    }
}
