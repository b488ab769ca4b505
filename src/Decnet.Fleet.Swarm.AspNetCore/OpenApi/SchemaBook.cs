namespace Decnet.Fleet.Swarm.AspNetCore.OpenApi;

using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

/// <summary>The JSON schemas of the records, each under its name once; elsewhere it is referred to.</summary>
internal sealed class SchemaBook
{
    readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);
    readonly JsonSchemaExporterOptions options;

    internal SchemaBook() => options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>The schema of a type, or the reference to it.</summary>
    internal JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(options);

    internal JsonObject ToJson() => new(schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value)));

    JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (SchemaTexts.Find(type, context, this) is { } known)
        {
            return known;
        }

        return context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema is JsonObject record && record.ContainsKey("properties")
            ? Refer(type.Name, record)
            : schema;
    }

    JsonObject Refer(string name, JsonObject schema)
    {
        // Whether null is allowed belongs to the place, not to the record; there, a key is left out rather than null.
        schema["type"] = "object";
        if (schemas.TryGetValue(name, out var other) && !JsonNode.DeepEquals(other, schema))
        {
            throw new InvalidOperationException($"Two schemas have the name {name}.");
        }

        schemas.TryAdd(name, schema);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }
}
