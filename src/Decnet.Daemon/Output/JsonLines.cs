namespace Decnet.Daemon.Output;

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

/// <summary>Writes objects as JSON, each in a line of its own.</summary>
internal static class JsonLines
{
    // The output is read by programs and people, never put into a web page: quotes and letters may stay what they are.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(TextWriter output, Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            properties(writer);
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Writes a document that is JSON already in one line.</summary>
    internal static void Write(TextWriter output, string json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var document = JsonDocument.Parse(json))
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            document.WriteTo(writer);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, value);
        }
    }

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, DateTimeOffset? value) =>
        writer.WriteOptional(name, value is { } time ? TimeText.Full(time) : null);

    internal static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
