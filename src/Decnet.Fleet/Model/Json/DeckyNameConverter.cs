namespace Decnet.Fleet.Model.Json;

using System.Text.Json;
using System.Text.Json.Serialization;

internal sealed class DeckyNameConverter : JsonConverter<DeckyName>
{
    public override DeckyName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.Read(ref reader, DeckyName.Parse);

    public override void Write(Utf8JsonWriter writer, DeckyName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
