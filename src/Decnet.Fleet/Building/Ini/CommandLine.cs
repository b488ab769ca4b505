namespace Decnet.Fleet.Building.Ini;

using System.Text;
using Decnet.Fleet.Model;

/// <summary>
/// Splits a command into words as a POSIX shell does, without expanding anything: white space separates, single quotes
/// keep everything, double quotes keep everything but <c>\"</c> and <c>\\</c>, elsewhere a backslash keeps the next character.
/// </summary>
internal static class CommandLine
{
    /// <summary>The words, or null when a quote is not closed or nothing follows a backslash.</summary>
    internal static ValueList<string>? Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t' or '\n')
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                inWord = false;
                continue;
            }

            inWord = true;
            if (text[i] is '"' or '\'')
            {
                i = ReadQuoted(text, i, word);
            }
            else
            {
                i += text[i] == '\\' ? 1 : 0;
                _ = i < text.Length ? word.Append(text[i]) : word;
            }

            if (i >= text.Length)
            {
                return null;
            }
        }

        return inWord ? [.. words, word.ToString()] : [.. words];
    }

    /// <summary>The words as one text that <see cref="Split"/> takes apart again.</summary>
    internal static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=@%+,~^*?!&|<>()[]{}$".Contains(c, StringComparison.Ordinal))
            ? word
            : '"' + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    /// <returns>The position of the closing quote, or the length of the text when there is none.</returns>
    static int ReadQuoted(string text, int opening, StringBuilder word)
    {
        var quote = text[opening];
        for (var i = opening + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                return i;
            }

            var escape = quote == '"' && text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ('"' or '\\');
            i += escape ? 1 : 0;
            word.Append(text[i]);
        }

        return text.Length;
    }
}
