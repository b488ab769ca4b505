namespace Decnet.Fleet.Model;

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>
/// The identity of a host that runs deckies: 1 to 63 letters, digits, hyphens and underscores. There is one encoding for
/// "this machine, nothing configured": the text <c>local</c>.
/// </summary>
[JsonConverter(typeof(HostIdConverter))]
public readonly record struct HostId : IParsable<HostId>, IComparable<HostId>
{
    /// <summary>The host of a system that consists of one machine: <c>local</c>.</summary>
    public static readonly HostId Local = new("local");

    readonly string? value;

    HostId(string value) => this.value = value;

    /// <summary>The identity as text.</summary>
    /// <exception cref="InvalidOperationException">The instance is <c>default</c> and names nothing.</exception>
    public string Value => value ?? throw new InvalidOperationException("This HostId is empty: it was never parsed.");

    /// <summary>Reads an identity.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="FormatException">The text does not fit.</exception>
    public static HostId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a host id: use 1 to 63 letters, digits, hyphens and underscores.");

    /// <summary>Reads an identity if the text fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The identity.</param>
    /// <returns>True when it fits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out HostId id)
    {
        var fits = text is { Length: >= 1 and <= 63 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        id = fits ? new HostId(text!) : default;
        return fits;
    }

    /// <inheritdoc/>
    public int CompareTo(HostId other) => string.CompareOrdinal(value, other.value);

    /// <summary>The identity as text; empty for <c>default</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => value ?? "";

    /// <summary>The identity as text.</summary>
    /// <param name="id">The identity.</param>
    public static implicit operator string(HostId id) => id.Value;

    static HostId IParsable<HostId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<HostId>.TryParse(string? s, IFormatProvider? provider, out HostId result) => TryParse(s, out result);
}
