namespace Decnet.Fleet.Model;

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

/// <summary>IPv4 addresses as numbers and strict texts: four decimal octets without leading zeros, nothing else.</summary>
internal static class IPv4
{
    internal static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(bytes, out _)
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : throw new ArgumentException($"'{address}' is not an IPv4 address.", nameof(address));
    }

    internal static IPAddress FromNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    internal static bool TryParse(string? text, out uint number)
    {
        number = 0;
        if (text is null || text.Length > 15)
        {
            return false;
        }

        var octets = 0;
        foreach (var range in text.AsSpan().Split('.'))
        {
            if (++octets > 4 || !TryParseNumber(text.AsSpan()[range], maxDigits: 3, out var octet) || octet > 255)
            {
                return false;
            }

            number = (number << 8) | (uint)octet;
        }

        return octets == 4;
    }

    internal static IPAddress ParseAddress(string text) =>
        TryParse(text, out var number)
            ? FromNumber(number)
            : throw new FormatException($"'{text}' is not an IPv4 address such as 192.168.1.20 (four numbers from 0 to 255, no leading zeros).");

    /// <summary>Reads <c>10.0.0.77/24</c> as the network 10.0.0.0/24: host bits are dropped.</summary>
    internal static IPNetwork ParseNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0
            && TryParse(text[..slash], out var number)
            && TryParseNumber(text.AsSpan(slash + 1), maxDigits: 2, out var prefix)
            && prefix <= 32)
        {
            return NetworkOf(FromNumber(number), prefix);
        }

        throw new FormatException($"'{text}' is not an IPv4 network such as 192.168.1.0/24.");
    }

    /// <summary>Reads digits without leading zeros. The parser of numbers alone would let these and trailing NULs pass.</summary>
    static bool TryParseNumber(ReadOnlySpan<char> digits, int maxDigits, out int number)
    {
        number = 0;
        return digits.Length >= 1
            && digits.Length <= maxDigits
            && (digits.Length == 1 || digits[0] != '0')
            && !digits.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    internal static uint Mask(int prefixLength) => prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);

    /// <summary>The network that an address lies in: host bits are dropped.</summary>
    internal static IPNetwork NetworkOf(IPAddress address, int prefixLength) => new(FromNumber(ToNumber(address) & Mask(prefixLength)), prefixLength);

    internal static uint First(IPNetwork network) => ToNumber(network.BaseAddress);

    internal static uint Last(IPNetwork network) => First(network) | ~Mask(network.PrefixLength);
}
