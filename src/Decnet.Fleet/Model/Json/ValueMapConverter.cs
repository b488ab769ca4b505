namespace Decnet.Fleet.Model.Json;

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

internal sealed class ValueMapConverter<TValue> : JsonConverter<ValueMap<TValue>>
{
    public override ValueMap<TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"An object was expected, not {reader.TokenType}.");
        }

        var valueInfo = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
        var entries = new List<KeyValuePair<string, TValue>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var value = JsonSerializer.Deserialize(ref reader, valueInfo) ?? throw new JsonException($"'{key}' must not be null.");
            entries.Add(new KeyValuePair<string, TValue>(key, value));
        }

        return entries.Count == 0 ? ValueMap<TValue>.Empty : new ValueMap<TValue>(entries);
    }

    public override void Write(Utf8JsonWriter writer, ValueMap<TValue> value, JsonSerializerOptions options)
    {
        var valueInfo = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WritePropertyName(key);
            JsonSerializer.Serialize(writer, item, valueInfo);
        }

        writer.WriteEndObject();
    }
}
