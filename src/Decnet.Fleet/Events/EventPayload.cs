namespace Decnet.Fleet.Events;

using System.Buffers;
using System.Text;
using System.Text.Json;

/// <summary>Writes the payload of an event: the text of one JSON object.</summary>
internal static class EventPayload
{
    internal static string Write(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            properties(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
