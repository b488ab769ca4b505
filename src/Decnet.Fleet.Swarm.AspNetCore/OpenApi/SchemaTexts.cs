namespace Decnet.Fleet.Swarm.AspNetCore.OpenApi;

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Decnet.Fleet.Model;

/// <summary>The schemas of types that write themselves, of which the serializer can tell nothing.</summary>
internal static class SchemaTexts
{
    /// <summary>The schema of a type; null when the serializer's own is right.</summary>
    internal static JsonNode? Find(Type type, JsonSchemaExporterContext context, SchemaBook book) =>
        type.IsEnum ? Words(type, context)
        : Parts(type) is var (shape, part) ? Container(shape, part, context, book)
        : type == typeof(DeckyName) ? Text("pattern", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
        : type == typeof(HostId) ? Text("pattern", "^[A-Za-z0-9_-]{1,63}$")
        : type == typeof(MacAddress) ? Text("pattern", "^([0-9a-f]{2}:){5}[0-9a-f]{2}$")
        : type == typeof(IPAddress) ? Text("format", "ipv4")
        : type == typeof(IPNetwork) ? Text("pattern", @"^[0-9]+(\.[0-9]+){3}/[0-9]+$")
        : type == typeof(SettingValue) ? new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") }
        : Number(context);

    static JsonObject Text(string kind, string value) => new() { ["type"] = "string", [kind] = value };

    static JsonObject Words(Type type, JsonSchemaExporterContext context)
    {
        var info = context.TypeInfo.Options.GetTypeInfo(type);
        var words = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(type, value), info));
        return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words]) };
    }

    static (string Shape, Type Part)? Parts(Type type) =>
        !type.IsGenericType ? null
        : type.GetGenericTypeDefinition() == typeof(ValueList<>) ? ("array", type.GetGenericArguments()[0])
        : type.GetGenericTypeDefinition() == typeof(ValueMap<>) ? ("object", type.GetGenericArguments()[0])
        : null;

    static JsonObject Container(string shape, Type part, JsonSchemaExporterContext context, SchemaBook book)
    {
        var inner = Parts(part) is var (innerShape, innermost)
            ? Container(innerShape, innermost, context, book)
            : part == typeof(string) ? new JsonObject { ["type"] = "string" }
            : book.Of(context.TypeInfo.Options.GetTypeInfo(part));
        return new JsonObject { ["type"] = shape, [shape == "array" ? "items" : "additionalProperties"] = inner };
    }

    /// <summary>Times of the fleet file are numbers, of which its converters tell nothing either.</summary>
    static JsonObject? Number(JsonSchemaExporterContext context) =>
        context.PropertyInfo is { } property && property.DeclaringType == typeof(Decky)
            ? property.PropertyType == typeof(TimeSpan?) ? new JsonObject { ["type"] = "integer", ["description"] = "Minutes." }
            : property.PropertyType == typeof(DateTimeOffset?) ? new JsonObject { ["type"] = "number", ["description"] = "Seconds since 1970; 0 for never." }
            : null
            : null;
}
