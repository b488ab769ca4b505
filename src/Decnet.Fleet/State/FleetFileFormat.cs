namespace Decnet.Fleet.State;

using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>
/// The format of the fleet file: one JSON object with the keys <c>format</c>, <c>generation</c>, <c>saved_at</c>,
/// <c>checksum</c> and <c>config</c>, indented by two blanks. The checksum is the SHA-256 of the bytes of <c>config</c>
/// without the white space between its tokens, so that another indentation is no edit, and a key that a later version
/// adds to the model is none either.
/// </summary>
internal static class FleetFileFormat
{
    internal const string Family = "decnet.fleet/";
    internal const int Version = 1;
    internal const string ChecksumPrefix = "sha256:";

    /// <summary>The highest generation: 2^53, the last whole number that every JSON reader keeps exact.</summary>
    internal const long MaxGeneration = 1L << 53;

    static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonWriterOptions Compact = Readable with { Indented = false };

    internal static byte[] Write(Fleet fleet, long generation, DateTimeOffset savedAt)
    {
        var config = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(config, Compact))
        {
            JsonSerializer.Serialize(writer, fleet, ModelJsonContext.Default.Fleet);
        }

        var document = new ArrayBufferWriter<byte>(config.WrittenCount * 2);
        using (var writer = new Utf8JsonWriter(document, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("format", string.Create(CultureInfo.InvariantCulture, $"{Family}{Version}"));
            writer.WriteNumber("generation", generation);
            writer.WriteString("saved_at", savedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("checksum", ChecksumPrefix + Checksum(config.WrittenSpan));
            writer.WritePropertyName("config");
            JsonSerializer.Serialize(writer, fleet, ModelJsonContext.Default.Fleet);
            writer.WriteEndObject();
        }

        document.Write("\n"u8);
        return document.WrittenSpan.ToArray();
    }

    /// <summary>The configuration alone, for people and programs, without a generation.</summary>
    internal static byte[] WriteFleet(Fleet fleet)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(document, Readable))
        {
            JsonSerializer.Serialize(writer, fleet, ModelJsonContext.Default.Fleet);
        }

        document.Write("\n"u8);
        return document.WrittenSpan.ToArray();
    }

    /// <summary>The checksum of a valid JSON text.</summary>
    internal static string Checksum(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        var quoted = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\\')
            {
                // Outside of strings there is no backslash in valid JSON; inside, the next byte cannot end the string.
                compact[length++] = c;
                c = json[++i];
            }
            else if (!quoted && c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            compact[length++] = c;
        }

        return Convert.ToHexStringLower(SHA256.HashData(compact.AsSpan(0, length)));
    }

    /// <summary>The generation that a file names, even if the rest of it is damaged; 0 when it names none.</summary>
    internal static long FindGeneration(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(FleetFileSource.WithoutByteOrderMark(json));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("generation"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
                        && value is > 0 and <= MaxGeneration ? value : 0;
                }
            }
        }
        catch (JsonException)
        {
            // The damage begins before the generation.
        }

        return 0;
    }
}
