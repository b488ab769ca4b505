namespace Decnet.Fleet.Building.Ini;

using System.Buffers;
using System.Globalization;
using System.Text;

/// <summary>Which characters a document may have, and how its parts are shown in messages.</summary>
internal static class IniText
{
    const int LongestShown = 60;

    static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'))]);

    /// <summary>Whether a text may have characters that a line must not have.</summary>
    internal static bool HasSuspects(ReadOnlySpan<char> text) =>
        text.ContainsAny(Suspects) || text.ContainsAnyInRange('\ud800', '\udfff');

    /// <summary>The position of the first control character or unpaired surrogate of a line, or -1.</summary>
    internal static int FindInvalid(ReadOnlySpan<char> line)
    {
        for (var i = 0; i < line.Length;)
        {
            if (Rune.DecodeFromUtf16(line[i..], out _, out var consumed) != OperationStatus.Done || Suspects.Contains(line[i]))
            {
                return i;
            }

            i += consumed;
        }

        return -1;
    }

    /// <summary>A text of the document in quotes, shortened, with invisible characters as codes.</summary>
    internal static string Show(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder("'");
        foreach (var c in text[..Math.Min(text.Length, LongestShown)])
        {
            var visible = c == ' ' || !(char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c == '\ufeff');
            _ = visible ? shown.Append(c) : shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return shown.Append(text.Length > LongestShown ? "…'" : "'").ToString();
    }

    /// <summary>A name for where it is not in quotes.</summary>
    internal static string Shorten(string name) => Show(name)[1..^1];

    /// <summary>A section and a key as messages name them.</summary>
    internal static string Target(string section, string key) => $"[{Shorten(section)}] {Shorten(key)}";
}
