namespace Decnet.Fleet.Model.Json;

using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>
/// Writes a setting as the natural JSON value. A JSON object, which the Python system accepts for header maps, is read as
/// its own text; so is a fractional number.
/// </summary>
internal sealed class SettingValueConverter : JsonConverter<SettingValue>
{
    public override SettingValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return SettingValue.Of(reader.GetString()!);
            case JsonTokenType.True or JsonTokenType.False:
                return SettingValue.Of(reader.GetBoolean());
            case JsonTokenType.Number when reader.TryGetInt64(out var number):
                return SettingValue.Of(number);
            case JsonTokenType.StartArray:
                var items = new List<string>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(reader.TokenType == JsonTokenType.String
                        ? reader.GetString()!
                        : throw new JsonException("A list setting holds texts only."));
                }

                return SettingValue.Of([.. items]);
            default:
                using (var document = JsonDocument.ParseValue(ref reader))
                {
                    return SettingValue.Of(document.RootElement.GetRawText());
                }
        }
    }

    public override void Write(Utf8JsonWriter writer, SettingValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case SettingKind.Text:
                writer.WriteStringValue(value.ToString());
                break;
            case SettingKind.Integer:
                writer.WriteNumberValue(value.Integer);
                break;
            case SettingKind.Boolean:
                writer.WriteBooleanValue(value.Boolean);
                break;
            default:
                writer.WriteStartArray();
                foreach (var item in value.List)
                {
                    writer.WriteStringValue(item);
                }

                writer.WriteEndArray();
                break;
        }
    }
}
