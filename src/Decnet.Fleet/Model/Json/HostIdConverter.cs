namespace Decnet.Fleet.Model.Json;

using System.Text.Json;
using System.Text.Json.Serialization;

internal sealed class HostIdConverter : JsonConverter<HostId>
{
    public override HostId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.Read(ref reader, HostId.Parse);

    public override void Write(Utf8JsonWriter writer, HostId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
