namespace Decnet.Fleet.Model.Json;

using System.Text.Json;

/// <summary>Reads values that are texts in JSON, so that a text that does not fit is a JSON error with its path and line.</summary>
internal static class JsonText
{
    internal static T Read<T>(ref Utf8JsonReader reader, Func<string, T> parse)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"A text was expected, not {reader.TokenType}.");
        }

        var text = reader.GetString()!;
        try
        {
            return parse(text);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }
}
