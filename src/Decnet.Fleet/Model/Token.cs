namespace Decnet.Fleet.Model;

using System.Text.Json;

/// <summary>The lower-case, underscore-separated words for the members of an enumeration, as files, rows and events hold them.</summary>
internal static class Token<T> where T : struct, Enum
{
    static readonly Dictionary<T, string> Words =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    static readonly Dictionary<string, T> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    internal static string Of(T value) =>
        Words.TryGetValue(value, out var word)
            ? word
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a member of {typeof(T).Name}.");

    internal static bool TryParse(string? word, out T value)
    {
        if (word is not null)
        {
            return Values.TryGetValue(word, out value);
        }

        value = default;
        return false;
    }

    internal static T Parse(string word) =>
        TryParse(word, out var value)
            ? value
            : throw new FormatException($"'{word}' is not one of {string.Join(", ", Words.Values)}.");

    internal static IEnumerable<string> All => Words.Values;
}
