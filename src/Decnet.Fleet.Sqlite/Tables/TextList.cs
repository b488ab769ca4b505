namespace Decnet.Fleet.Sqlite.Tables;

using System.Buffers;
using System.Text;
using System.Text.Json;
using Decnet.Fleet.Model;

/// <summary>Texts as a JSON list.</summary>
internal static class TextList
{
    internal static string Write(ValueList<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="FormatException">The text is not such a list.</exception>
    internal static ValueList<string> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException($"A text in {json} is null."))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"'{json}' is not a list of texts.", error);
        }
    }
}
