namespace Decnet.Fleet.Model;

using System.Globalization;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>A unicast Ethernet address of 48 bits, written as six lower-case pairs: <c>00:0c:29:4f:8a:11</c>.</summary>
[JsonConverter(typeof(MacAddressConverter))]
public readonly record struct MacAddress : IParsable<MacAddress>
{
    readonly ulong bits;

    MacAddress(ulong bits) => this.bits = bits;

    /// <summary>Makes an address from a vendor prefix and a device part.</summary>
    /// <param name="vendor">The vendor's prefix (IEEE OUI), 24 bits.</param>
    /// <param name="device">The device part, 24 bits; higher bits are ignored.</param>
    /// <returns>The address.</returns>
    public static MacAddress FromVendor(uint vendor, uint device) =>
        new(((ulong)(vendor & 0xFFFFFF) << 24) | (device & 0xFFFFFF));

    /// <summary>The vendor's prefix (IEEE OUI), 24 bits.</summary>
    public uint Vendor => (uint)(bits >> 24);

    /// <summary>Reads an address: six pairs of hexadecimal digits, separated by colons or hyphens.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is no unicast address.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw new FormatException($"'{text}' is not a unicast MAC address such as 00:0c:29:4f:8a:11.");

    /// <summary>Reads an address if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    /// <returns>True when it is one.</returns>
    public static bool TryParse(string? text, out MacAddress address)
    {
        address = default;
        if (text is not { Length: 17 })
        {
            return false;
        }

        ulong bits = 0;
        for (var i = 0; i < 6; i++)
        {
            var separated = i == 5 || text[(i * 3) + 2] is ':' or '-';
            if (!separated || !byte.TryParse(text.AsSpan(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            bits = (bits << 8) | octet;
        }

        // The lowest bit of the first octet marks a group address, which no interface can own.
        var isUnicast = bits != 0 && ((bits >> 40) & 1) == 0;
        address = isUnicast ? new MacAddress(bits) : default;
        return isUnicast;
    }

    /// <summary>The address as six lower-case pairs with colons.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(17, bits, static (span, value) =>
    {
        const string digits = "0123456789abcdef";
        for (var i = 0; i < 6; i++)
        {
            var octet = (int)(value >> (40 - (i * 8))) & 0xFF;
            span[i * 3] = digits[octet >> 4];
            span[(i * 3) + 1] = digits[octet & 15];
            if (i < 5)
            {
                span[(i * 3) + 2] = ':';
            }
        }
    });

    static MacAddress IParsable<MacAddress>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<MacAddress>.TryParse(string? s, IFormatProvider? provider, out MacAddress result) => TryParse(s, out result);
}
