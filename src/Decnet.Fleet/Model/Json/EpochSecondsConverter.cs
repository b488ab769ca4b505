namespace Decnet.Fleet.Model.Json;

using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>Times that files hold as seconds since 1970, with 0 for "never".</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset?>
{
    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var seconds) || seconds is not (>= 0 and < 253402300800))
        {
            throw new JsonException("A time is a number of seconds since 1970, or 0 for never.");
        }

        return seconds == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value is { } time ? (decimal)(time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond : 0m);
}
