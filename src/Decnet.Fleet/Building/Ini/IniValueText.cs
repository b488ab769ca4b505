namespace Decnet.Fleet.Building.Ini;

using System.Text;

/// <summary>
/// What follows a delimiter on one line. A <c>#</c> or <c>;</c> after white space starts a comment, except inside a word
/// that starts with a double quote which is closed on the same line. A value that is in double quotes as a whole loses
/// them; in it, and only there, <c>\"</c> and <c>\\</c> are escapes.
/// </summary>
internal readonly ref struct IniValueText
{
    readonly ReadOnlySpan<char> text;

    /// <param name="line">The rest of the line, from the delimiter on, or a continuation line.</param>
    internal IniValueText(ReadOnlySpan<char> line)
    {
        var comment = FindComment(line);
        text = (comment < 0 ? line : line[..comment]).Trim(Blanks);
        var marked = comment >= 0 && comment + 1 < line.Length && !IsBlank(line[comment + 1]);
        LooksCommentedOut = text.IsEmpty && marked;
    }

    internal static ReadOnlySpan<char> Blanks => " \t";

    /// <summary>Whether the value is blank only because something like <c>#fff</c> reads as a comment.</summary>
    internal bool LooksCommentedOut { get; }

    internal bool IsQuoted => text.Length >= 2 && text[0] == '"' && ClosingQuote(text, 0) == text.Length - 1;

    internal string Written => text.ToString();

    internal string Value => IsQuoted ? Unescape(text[1..^1]) : text.ToString();

    internal static bool IsBlank(char c) => c is ' ' or '\t';

    internal static int FindComment(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAny('#', ';') < 0)
        {
            return -1;
        }

        for (var i = 0; i < line.Length; i++)
        {
            var afterBlank = i > 0 && IsBlank(line[i - 1]);
            if (afterBlank && line[i] is ('#' or ';'))
            {
                return i;
            }

            if (line[i] == '"' && (afterBlank || i == 0) && ClosingQuote(line, i) is var closing and > 0)
            {
                i = closing;
            }
        }

        return -1;
    }

    static int ClosingQuote(ReadOnlySpan<char> text, int opening)
    {
        for (var i = opening + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            if (IsEscape(text, i))
            {
                i++;
            }
        }

        return -1;
    }

    static bool IsEscape(ReadOnlySpan<char> text, int at) =>
        text[at] == '\\' && at + 1 < text.Length && (text[at + 1] is '"' or '\\');

    static string Unescape(ReadOnlySpan<char> quoted)
    {
        if (!quoted.Contains('\\'))
        {
            return quoted.ToString();
        }

        var value = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            i += IsEscape(quoted, i) ? 1 : 0;
            value.Append(quoted[i]);
        }

        return value.ToString();
    }
}
