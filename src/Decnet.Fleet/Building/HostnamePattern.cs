namespace Decnet.Fleet.Building;

using System.Globalization;
using System.Text.RegularExpressions;
using Decnet.Fleet.Catalog;

/// <summary>
/// A host name with places to fill; see <see cref="Model.OsFamilyDefinition.HostnamePatterns"/> for the placeholders. A
/// higher <em>level</em> makes numbers longer by as many digits, and gives a pattern without any place for digits a number
/// at its end, so that every pattern can name any number of hosts.
/// </summary>
internal sealed partial class HostnamePattern
{
    /// <summary>The longest NetBIOS name.</summary>
    const int NetBiosLength = 15;

    const string SerialCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    readonly string[] parts;
    readonly HostnameWords words;
    readonly bool isWide;
    readonly int serialLength;

    internal HostnamePattern(string pattern, HostnameWords words)
    {
        this.words = words;
        parts = [.. Part().Matches(pattern).Select(match => match.Value)];
        isWide = parts.Any(part => part is "{number}" or "{hex}" or "{serial}");
        serialLength = Math.Max(4, NetBiosLength - parts.Sum(LengthOf));
    }

    /// <summary>Writes a name into a buffer of 128 characters and tells its length.</summary>
    internal int Fill(Random random, int level, Span<char> buffer)
    {
        var writer = new Writer(buffer);
        var lastWord = -1;
        foreach (var part in parts)
        {
            switch (part)
            {
                case "{word}":
                    lastWord = OtherWord(random, lastWord);
                    writer.Add(words.Words[lastWord]);
                    break;
                case "{WORD}":
                    lastWord = OtherWord(random, lastWord);
                    writer.AddUpper(words.Words[lastWord]);
                    break;
                case "{number}":
                    writer.Add(Number(random, level));
                    break;
                case "{hex}":
                    writer.AddHex(random.Next(0x1000000));
                    break;
                case "{serial}":
                    writer.AddSerial(random, serialLength);
                    break;
                default:
                    writer.Add(part);
                    break;
            }
        }

        if (level > 0 && !isWide)
        {
            writer.Add("-");
            writer.Add(Number(random, level - 1));
        }

        return writer.Length;
    }

    /// <summary>A word that is not the one before it: nobody calls a host <c>mail-mail</c>.</summary>
    int OtherWord(Random random, int last)
    {
        var count = words.Words.Count;
        if (last < 0 || count == 1)
        {
            return random.Next(count);
        }

        var word = random.Next(count - 1);
        return word < last ? word : word + 1;
    }

    static int LengthOf(string part) => part switch
    {
        "{serial}" => 0,
        "{number}" => 2,
        "{hex}" or "{word}" or "{WORD}" => 6,
        _ => part.Length,
    };

    int Number(Random random, int level)
    {
        if (level == 0)
        {
            return random.Next(words.NumberMin, words.NumberMax + 1);
        }

        var least = words.NumberMax + 1;
        for (var i = 1; i < level; i++)
        {
            least *= 10;
        }

        return random.Next(least, least * 10);
    }

    [GeneratedRegex(@"\{(?:word|WORD|number|hex|serial)\}|\{|[^{]+")]
    private static partial Regex Part();

    ref struct Writer(Span<char> buffer)
    {
        readonly Span<char> buffer = buffer;

        internal int Length { get; private set; }

        internal void Add(ReadOnlySpan<char> text)
        {
            text.CopyTo(buffer[Length..]);
            Length += text.Length;
        }

        internal void AddUpper(ReadOnlySpan<char> text) => Length += text.ToUpperInvariant(buffer[Length..]);

        internal void Add(int number)
        {
            number.TryFormat(buffer[Length..], out var written, default, CultureInfo.InvariantCulture);
            Length += written;
        }

        internal void AddHex(int number)
        {
            number.TryFormat(buffer[Length..], out var written, "X6", CultureInfo.InvariantCulture);
            Length += written;
        }

        internal void AddSerial(Random random, int length)
        {
            for (var i = 0; i < length; i++)
            {
                buffer[Length++] = SerialCharacters[random.Next(SerialCharacters.Length)];
            }
        }
    }
}
