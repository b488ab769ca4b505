namespace Decnet.Fleet.Model;

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>
/// The name of a decky: a lower-case DNS label, <c>^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$</c> (RFC 1123, section 2.1).
/// The same rule holds at every entrance, so a name that can be deployed can also be addressed, mutated and removed.
/// </summary>
[JsonConverter(typeof(DeckyNameConverter))]
public readonly record struct DeckyName : IParsable<DeckyName>, IComparable<DeckyName>
{
    /// <summary>The longest name, in characters: 63.</summary>
    public const int MaxLength = 63;

    readonly string? value;

    DeckyName(string value) => this.value = value;

    /// <summary>The name as text.</summary>
    /// <exception cref="InvalidOperationException">The instance is <c>default</c> and names nothing.</exception>
    public string Value => value ?? throw new InvalidOperationException("This DeckyName is empty: it was never parsed.");

    /// <summary>Whether a text is a valid name.</summary>
    /// <param name="text">The text; null is not valid.</param>
    /// <returns>True when it fits.</returns>
    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">The text does not fit; the message proposes one that does.</exception>
    public static DeckyName Parse(string text) =>
        IsValid(text)
            ? new DeckyName(text)
            : throw new FormatException(
                $"'{text}' is not a decky name: use 1 to {MaxLength} lower-case letters, digits and hyphens, "
                + $"with a letter or digit at both ends. '{Suggest(text)}' would fit.");

    /// <summary>Reads a name if the text fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name.</param>
    /// <returns>True when it fits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeckyName name)
    {
        name = IsValid(text) ? new DeckyName(text) : default;
        return name.value is not null;
    }

    /// <summary>Makes a valid name that resembles a text: <c>Web_1.corp</c> gives <c>web-1-corp</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>A valid name; <c>decky</c> when nothing of the text can be used.</returns>
    public static string Suggest(string? text)
    {
        var name = new StringBuilder();
        foreach (var c in (text ?? "").ToLowerInvariant())
        {
            var fits = c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
            if (fits || (name.Length > 0 && name[^1] != '-'))
            {
                name.Append(fits ? c : '-');
            }
        }

        var suggestion = name.ToString(0, Math.Min(name.Length, MaxLength)).TrimEnd('-');
        return suggestion.Length == 0 ? "decky" : suggestion;
    }

    /// <inheritdoc/>
    public int CompareTo(DeckyName other) => string.CompareOrdinal(value, other.value);

    /// <summary>The name as text; empty for <c>default</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => value ?? "";

    /// <summary>The name as text.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator string(DeckyName name) => name.Value;

    static DeckyName IParsable<DeckyName>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<DeckyName>.TryParse(string? s, IFormatProvider? provider, out DeckyName result) => TryParse(s, out result);
}
