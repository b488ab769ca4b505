namespace Decnet.Fleet.Model.Json;

using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>Durations that files hold as whole minutes.</summary>
internal sealed class MinutesConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var minutes) && minutes >= 1
            ? TimeSpan.FromMinutes(minutes)
            : throw new JsonException("An interval is a whole number of minutes, at least 1, or null for none.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(checked((int)value.TotalMinutes));
}
