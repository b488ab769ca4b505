namespace Decnet.Fleet.Catalog;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Model;

/// <summary>Reads a catalog entry by entry, so that an error in one does not hide the errors of the others.</summary>
internal sealed class CatalogReader(ReadOnlyMemory<byte> text)
{
    static readonly string[] Lists = ["services", "archetypes", "distros", "images"];

    static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
    };

    readonly List<ServiceDefinition> services = [];
    readonly List<ArchetypeDefinition> archetypes = [];
    readonly List<DistroDefinition> distros = [];
    readonly OrderedDictionary<string, string> images = new(StringComparer.Ordinal);
    (int Position, int Line) counted = (0, 1);

    internal List<FleetIssue> Issues { get; } = [];

    internal CatalogOverlay Read()
    {
        var reader = new Utf8JsonReader(text.Span, Options);
        try
        {
            reader.Read();
            ReadRoot(ref reader);
            while (reader.Read())
            {
                // The reader itself refuses what follows the root.
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader reports half of a surrogate pair as an InvalidOperationException.
            Issues.Add(FleetIssue.Error("bad-json", Words(error), "correct the JSON; comments and trailing commas are allowed", line: Line(error)));
        }

        return new CatalogOverlay
        {
            Services = [.. services],
            Archetypes = [.. archetypes],
            Distros = [.. distros],
            Images = images.Count == 0 ? ValueMap<string>.Empty : new(images),
        };
    }

    void ReadRoot(ref Utf8JsonReader reader)
    {
        if (!Expect(ref reader, JsonTokenType.StartObject, "$", "an object"))
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, line) = (reader.GetString()!, LineAt(reader.TokenStartIndex));
            if (!seen.Add(name))
            {
                Issues.Add(FleetIssue.Error("bad-catalog", $"'{name}' is there twice.", "join them", "$." + name, line));
            }

            reader.Read();
            switch (name)
            {
                case "services":
                    ReadList(ref reader, name, CatalogFileJsonContext.Default.ServiceDefinition, services);
                    break;
                case "archetypes":
                    ReadList(ref reader, name, CatalogFileJsonContext.Default.ArchetypeDefinition, archetypes);
                    break;
                case "distros":
                    ReadList(ref reader, name, CatalogFileJsonContext.Default.DistroDefinition, distros);
                    break;
                case "images":
                    ReadImages(ref reader);
                    break;
                default:
                    Issues.Add(FleetIssue.Error("unknown-key", $"A catalog has no '{name}'.", Suggestion.Fix(name, Lists), "$." + name, line));
                    reader.Skip();
                    break;
            }
        }
    }

    void ReadList<T>(ref Utf8JsonReader reader, string name, JsonTypeInfo<T> type, List<T> into)
    {
        if (!Expect(ref reader, JsonTokenType.StartArray, "$." + name, "a list"))
        {
            return;
        }

        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            ReadEntry($"$.{name}[{index}]", start, text[start..(int)reader.BytesConsumed], type, into);
        }
    }

    void ReadEntry<T>(string path, int start, ReadOnlyMemory<byte> entry, JsonTypeInfo<T> type, List<T> into)
    {
        var line = LineAt(start);
        try
        {
            if (!KeysAreKnown(path, line, entry, type))
            {
                return;
            }

            into.Add(JsonSerializer.Deserialize(entry.Span, type) ?? throw new JsonException("It must not be null."));
        }
        catch (JsonException error)
        {
            // Inside a nested list the line of the error is relative to that list, so the issue has the line of the entry.
            var inner = error.Path is { Length: > 1 } below ? path + below[1..] : path;
            Issues.Add(FleetIssue.Error("bad-catalog", Words(error), "give the entry all keys that it needs, each with a value of its type", inner, line));
        }
    }

    bool KeysAreKnown<T>(string path, int line, ReadOnlyMemory<byte> entry, JsonTypeInfo<T> type)
    {
        var documentOptions = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using var document = JsonDocument.Parse(entry, documentOptions);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            Issues.Add(FleetIssue.Error("bad-catalog", "An object was expected.", "write it in braces", path, line));
            return false;
        }

        var known = type.Properties.Select(property => property.Name).ToArray();
        var before = Issues.Count;
        foreach (var property in document.RootElement.EnumerateObject().Where(property => !known.Contains(property.Name, StringComparer.Ordinal)))
        {
            Issues.Add(FleetIssue.Error(
                "unknown-key", $"There is no '{property.Name}' here.", Suggestion.Fix(property.Name, known), $"{path}.{property.Name}", line));
        }

        return Issues.Count == before;
    }

    void ReadImages(ref Utf8JsonReader reader)
    {
        if (!Expect(ref reader, JsonTokenType.StartObject, "$.images", "an object"))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (reference, line) = (reader.GetString()!, LineAt(reader.TokenStartIndex));
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                Issues.Add(FleetIssue.Error("bad-catalog", $"The replacement of '{reference}' is not a text.", "write an image reference", "$.images", line));
                reader.Skip();
            }
            else if (!images.TryAdd(reference, reader.GetString()!))
            {
                Issues.Add(FleetIssue.Error("bad-catalog", $"'{reference}' is there twice.", "keep one", "$.images", line));
            }
        }
    }

    bool Expect(ref Utf8JsonReader reader, JsonTokenType token, string path, string words)
    {
        if (reader.TokenType == token)
        {
            return true;
        }

        Issues.Add(FleetIssue.Error("bad-catalog", $"{words} was expected, not {reader.TokenType}.", token == JsonTokenType.StartArray ? "write it in brackets" : "write it in braces", path, LineAt(reader.TokenStartIndex)));
        reader.Skip();
        return false;
    }

    /// <summary>The line of a position. Positions ascend, so each is counted from the one before.</summary>
    int LineAt(long position)
    {
        counted.Line += text.Span[counted.Position..(int)position].Count((byte)'\n');
        counted.Position = (int)position;
        return counted.Line;
    }

    static int? Line(Exception error) => (error as JsonException)?.LineNumber is { } line ? (int)line + 1 : null;

    /// <summary>The message without the position that the reader appends, since an issue has a place of its own.</summary>
    static string Words(Exception error)
    {
        var message = error.Message;
        foreach (var mark in (string[])[" Path: ", " LineNumber: "])
        {
            var at = message.IndexOf(mark, StringComparison.Ordinal);
            message = at > 0 ? message[..at] : message;
        }

        return message;
    }
}
