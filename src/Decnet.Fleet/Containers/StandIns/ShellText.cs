namespace Decnet.Fleet.Containers.StandIns;

using System.Buffers;
using System.Globalization;
using System.Text;

/// <summary>
/// Writes texts into shell scripts so that they stay texts (POSIX XCU 2.2.2 and printf(1)): nothing in them can end the quotes
/// or be expanded.
/// </summary>
internal static class ShellText
{
    /// <summary>What is itself in single quotes and in the format of <c>printf</c>; all else is written as an octal escape.</summary>
    static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !\"#&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>A word of the shell that stands for exactly this text.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Adds bytes to a format of <c>printf</c> that is in single quotes.</summary>
    internal static void AppendFormat(StringBuilder format, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            switch (value)
            {
                case (byte)'\r':
                    format.Append(@"\r");
                    break;
                case (byte)'\n':
                    format.Append(@"\n");
                    break;
                case (byte)'-' when format.Length == 0:
                    // Some printf take a format that begins with a hyphen for an option.
                    format.Append(@"\055");
                    break;
                default:
                    if (Plain.Contains(value))
                    {
                        format.Append((char)value);
                    }
                    else
                    {
                        format.Append('\\').Append(((char)('0' + (value >> 6)))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
                    }

                    break;
            }
        }
    }

    /// <summary>A pattern of <c>case</c> that matches a word in any case: <c>[Qq][Uu][Ii][Tt]</c>.</summary>
    internal static string AnyCase(string word)
    {
        var pattern = new StringBuilder(word.Length * 4);
        foreach (var letter in word)
        {
            _ = char.IsAsciiLetter(letter)
                ? pattern.Append(CultureInfo.InvariantCulture, $"[{char.ToUpperInvariant(letter)}{char.ToLowerInvariant(letter)}]")
                : pattern.Append(letter);
        }

        return pattern.ToString();
    }
}
