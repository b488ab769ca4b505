namespace Decnet.Fleet.State;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Model;

/// <summary>A JSON text that is read part by part, so that all its errors are found, each with its place.</summary>
internal sealed class FleetFileSource
{
    readonly ReadOnlyMemory<byte> json;

    /// <exception cref="JsonException">The text is not JSON.</exception>
    internal FleetFileSource(ReadOnlyMemory<byte> bytes)
    {
        json = bytes[(bytes.Length - WithoutByteOrderMark(bytes.Span).Length)..];
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            // The whole text is checked before any part of it is.
        }
    }

    internal List<FleetIssue> Issues { get; } = [];

    internal bool HasErrors => Issues.Exists(issue => issue.Severity == FleetIssueSeverity.Error);

    internal Range Root => ..json.Length;

    internal static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    internal ReadOnlySpan<byte> Text(Range part) => json.Span[part];

    /// <summary>The values of an object by key; null, with an error, when the part is none.</summary>
    internal Dictionary<string, Range>? Members(Range part, string path)
    {
        var members = new Dictionary<string, Range>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Text(part));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Error("wrong-type", path, part, $"an object was expected, not {reader.TokenType}.");
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var value = Value(ref reader, part);
            if (!members.TryAdd(key, value))
            {
                Error("duplicate-key", $"{path}.{key}", value, "the key is there twice.");
            }
        }

        return members;
    }

    /// <summary>The elements of a list; none, with an error, when the part is no list.</summary>
    internal List<Range> Elements(Range part, string path)
    {
        var elements = new List<Range>();
        var reader = new Utf8JsonReader(Text(part));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Error("wrong-type", path, part, $"a list was expected, not {reader.TokenType}.");
            return elements;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Value(ref reader, part));
        }

        return elements;
    }

    /// <summary>Reads a part; null, with an error, when it does not fit.</summary>
    internal T? Deserialize<T>(Range part, string path, JsonTypeInfo<T> type) => Deserialize(Text(part), part, path, type);

    /// <summary>Reads a text that stands for a part and has the same lines.</summary>
    internal T? Deserialize<T>(ReadOnlySpan<byte> text, Range part, string path, JsonTypeInfo<T> type)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, type) is { } value)
            {
                return value;
            }

            Error("wrong-type", path, part, "it must not be null.");
        }
        catch (JsonException error)
        {
            // A path of "$" can come from a value further inside, whose line is counted from its own beginning.
            var inside = error.Path is { Length: > 1 } ? error.Path[1..] : "";
            Error("invalid-value", path + inside, part, Reason(error), inside.Length == 0 ? 0 : (int)(error.LineNumber ?? 0));
        }

        return default;
    }

    internal void Error(string code, string path, Range part, string message, int lineOffset = 0) =>
        Issues.Add(FleetIssue.Error(code, $"{path}: {message}", target: path, line: LineOf(part) + lineOffset));

    internal void Warning(string code, string path, Range part, string message) =>
        Issues.Add(FleetIssue.Warning(code, $"{path}: {message}", target: path, line: LineOf(part)));

    /// <summary>What the JSON reader complains of, without the place that it appends.</summary>
    internal static string Reason(JsonException error)
    {
        var end = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end >= 0 ? end : error.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return end >= 0 ? error.Message[..end] : error.Message;
    }

    internal static string Index(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    int LineOf(Range part) => 1 + json.Span[..part.Start.Value].Count((byte)'\n');

    static Range Value(ref Utf8JsonReader reader, Range part)
    {
        var start = part.Start.Value + (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(part.Start.Value + (int)reader.BytesConsumed);
    }
}
