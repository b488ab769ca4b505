namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Model;

/// <summary>
/// Finds where in a body the fault is. The serializer tells it, but for what stands in a list only from the beginning of the item on,
/// since our lists read their items one by one.
/// </summary>
/// <param name="Path">The path, such as <c>$.orders[3].decky</c>.</param>
/// <param name="Line">The line, from 1 on.</param>
internal readonly record struct JsonPlace(string Path, long Line)
{
    internal static JsonPlace Find(ReadOnlySpan<byte> body, JsonTypeInfo type, JsonException error)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            var path = Deepest(document.RootElement, type, "$") ?? error.Path ?? "$";
            return new JsonPlace(path, LineOf(body, path));
        }
        catch (JsonException broken)
        {
            // It is not JSON at all: the reader of the whole body knows the place.
            return new JsonPlace(error.Path ?? "$", (broken.LineNumber ?? 0) + 1);
        }
    }

    /// <summary>The innermost place below which everything can be read but not it itself; null when all can be read.</summary>
    static string? Deepest(JsonElement element, JsonTypeInfo type, string path)
    {
        if (Fault(element, type) is not { } fault)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.Object && type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in type.Properties)
            {
                if (element.TryGetProperty(property.Name, out var value) && ItemType(property, type) is { } items && value.ValueKind == JsonValueKind.Array)
                {
                    var number = 0;
                    foreach (var item in value.EnumerateArray())
                    {
                        if (Deepest(item, items, string.Create(CultureInfo.InvariantCulture, $"{path}.{property.Name}[{number++}]")) is { } inner)
                        {
                            return inner;
                        }
                    }
                }
            }
        }

        return fault.Path is { Length: > 1 } rest ? path + rest[1..] : path;
    }

    static JsonException? Fault(JsonElement element, JsonTypeInfo type)
    {
        try
        {
            return element.Deserialize(type) is null ? new JsonException() : null;
        }
        catch (JsonException fault)
        {
            return fault;
        }
    }

    static JsonTypeInfo? ItemType(JsonPropertyInfo property, JsonTypeInfo owner) =>
        property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(ValueList<>)
            ? owner.Options.GetTypeInfo(list.GetGenericArguments()[0])
            : null;

    static long LineOf(ReadOnlySpan<byte> body, string path)
    {
        var reader = new Utf8JsonReader(body);
        var places = new Stack<(string Path, int Next)>();
        var current = "$";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    current = $"{places.Peek().Path}.{reader.GetString()}";
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    places.Pop();
                    continue;
            }

            if (places.TryPeek(out var around) && around.Next >= 0)
            {
                current = string.Create(CultureInfo.InvariantCulture, $"{around.Path}[{around.Next}]");
                places.Pop();
                places.Push((around.Path, around.Next + 1));
            }

            if (current == path)
            {
                return body[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                places.Push((current, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return 1;
    }
}
