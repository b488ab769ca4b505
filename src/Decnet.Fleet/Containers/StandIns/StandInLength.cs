namespace Decnet.Fleet.Containers.StandIns;

using System.Globalization;
using System.Text.RegularExpressions;

/// <summary>Puts lengths before contents, as binary protocols want them.</summary>
internal static partial class StandInLength
{
    /// <summary>Whether a name says a length: <c>u32be</c>, with <c>+4</c> to add to it, with <c>/2</c> to divide it.</summary>
    internal static bool IsPrefix(string name) => PrefixName().IsMatch(name);

    internal static StandInMessage Prefix(string name, StandInMessage content)
    {
        var form = PrefixName().Match(name);
        var size = int.Parse(form.Groups["bits"].ValueSpan, CultureInfo.InvariantCulture) / 8;
        var plus = form.Groups["plus"] is { Success: true } added ? int.Parse(added.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var unit = form.Groups["unit"] is { Success: true } divisor ? int.Parse(divisor.ValueSpan, CultureInfo.InvariantCulture) : 1;
        if (content.HasText)
        {
            throw new FormatException("The length of what the client said is not known.");
        }

        var length = (content.Length / unit) + plus;
        if (content.HasUser && (unit != 1 || length + StandInPiece.MaxUser > byte.MaxValue))
        {
            throw new FormatException("With the name of the user, at most 255 bytes have a length.");
        }

        if (size < sizeof(int) && length >> (size * 8) != 0)
        {
            throw new FormatException($"A content of {length} bytes is too long for {name}.");
        }

        var big = form.Groups["order"].ValueSpan is not "le";
        var message = new StandInMessage();
        for (var index = 0; index < size; index++)
        {
            var place = big ? size - 1 - index : index;
            _ = place == 0 && content.HasUser
                ? message.Add(StandInPiece.LengthWithUser(length))
                : message.Add((byte)(length >> (place * 8)));
        }

        return message.Add(content);
    }

    /// <summary>A value of BER (ITU-T X.690) with a definite length.</summary>
    internal static StandInMessage Ber(byte tag, StandInMessage content)
    {
        if (content.HasText || content.HasUser || content.Length > ushort.MaxValue)
        {
            throw new FormatException("BER needs a content of known length, of at most 65535 bytes.");
        }

        var message = new StandInMessage().Add(tag);
        _ = content.Length switch
        {
            < 0x80 => message.Add((byte)content.Length),
            <= byte.MaxValue => message.Add(0x81, (byte)content.Length),
            _ => message.Add(0x82, (byte)(content.Length >> 8), (byte)content.Length),
        };
        return message.Add(content);
    }

    [GeneratedRegex(@"^u(?<bits>8|16|24|32)(?<order>be|le)?(?<plus>[+-]\d+)?(?:/(?<unit>\d))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PrefixName();
}
