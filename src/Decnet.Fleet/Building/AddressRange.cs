namespace Decnet.Fleet.Building;

using System.Diagnostics.CodeAnalysis;
using System.Net;
using Decnet.Fleet.Model;

/// <summary>A run of IPv4 addresses, both ends included, such as what a DHCP server hands out.</summary>
/// <param name="First">The lowest address.</param>
/// <param name="Last">The highest address; not below <paramref name="First"/>.</param>
public sealed record AddressRange(IPAddress First, IPAddress Last) : IParsable<AddressRange>
{
    /// <summary>Reads <c>10.0.0.100-10.0.0.199</c>, a network <c>10.0.0.96/27</c>, or one address.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The range.</returns>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static AddressRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('/', StringComparison.Ordinal))
        {
            var network = IPv4.ParseNetwork(text.Trim());
            return new AddressRange(network.BaseAddress, IPv4.FromNumber(IPv4.Last(network)));
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = IPv4.ParseAddress((dash < 0 ? text : text[..dash]).Trim());
        var last = dash < 0 ? first : IPv4.ParseAddress(text[(dash + 1)..].Trim());
        return IPv4.ToNumber(first) <= IPv4.ToNumber(last)
            ? new AddressRange(first, last)
            : throw new FormatException($"The range '{text}' ends before it begins: write {last}-{first}.");
    }

    /// <summary>Reads a range if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The range.</param>
    /// <returns>True when it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AddressRange? range)
    {
        try
        {
            range = text is null ? null : Parse(text);
        }
        catch (FormatException)
        {
            range = null;
        }

        return range is not null;
    }

    /// <summary>The range as <c>10.0.0.100-10.0.0.199</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{First}-{Last}";

    static AddressRange IParsable<AddressRange>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<AddressRange>.TryParse(string? s, IFormatProvider? provider, [NotNullWhen(true)] out AddressRange? result) =>
        TryParse(s, out result);
}
