namespace Decnet.Fleet.Building.Ini;

using System.Text;

/// <summary>
/// Splits a text into sections and keys. Lines end with CR, LF or CRLF. A line that is indented deeper than its key
/// continues the value; blank lines between such lines belong to the value, lines that are a comment do not. A value
/// that starts on the line after its key has no empty first line.
/// </summary>
internal sealed class IniLexer
{
    readonly IniSyntaxIssues issues;
    readonly bool checkCharacters;
    readonly List<IniSection> sections = [];
    readonly Dictionary<string, IniSection> byName = new(StringComparer.Ordinal);
    readonly StringBuilder value = new();
    readonly StringBuilder written = new();
    IniSection? section;
    IniEntry? entry;
    int entryIndent;
    int blankLines;
    int line;

    IniLexer(IniIssues issues, bool checkCharacters)
    {
        this.issues = new IniSyntaxIssues(issues);
        this.checkCharacters = checkCharacters;
    }

    internal static List<IniSection> Read(ReadOnlySpan<char> text, IniIssues issues)
    {
        var lexer = new IniLexer(issues, IniText.HasSuspects(text));
        while (true)
        {
            lexer.line++;
            var end = text.IndexOfAny('\r', '\n');
            lexer.ReadLine(end < 0 ? text : text[..end]);
            if (end < 0)
            {
                lexer.CloseEntry();
                return lexer.sections;
            }

            text = text[(end + (text[end..].StartsWith("\r\n") ? 2 : 1))..];
        }
    }

    void ReadLine(ReadOnlySpan<char> content)
    {
        CheckCharacters(content);
        var trimmed = content.Trim(IniValueText.Blanks);
        if (trimmed.IsEmpty)
        {
            blankLines++;
            return;
        }

        if (trimmed[0] is '#' or ';')
        {
            return;
        }

        var indent = content.IndexOf(trimmed[0]);
        if (entry is not null && indent > entryIndent)
        {
            ContinueEntry(entry, new IniValueText(trimmed));
            return;
        }

        CloseEntry();
        if (trimmed[0] == '[')
        {
            OpenSection(trimmed);
        }
        else if (section is null)
        {
            issues.TextBeforeSection(line, trimmed);
        }
        else
        {
            OpenEntry(section, trimmed, indent);
        }
    }

    void CheckCharacters(ReadOnlySpan<char> content)
    {
        if (checkCharacters && IniText.FindInvalid(content) is var at and >= 0)
        {
            issues.InvalidCharacter(line, at + 1, content[at]);
        }
    }

    void OpenSection(ReadOnlySpan<char> trimmed)
    {
        var closing = trimmed.IndexOf(']');
        var comment = IniValueText.FindComment(trimmed);
        var end = closing >= 0 ? closing : comment >= 0 ? comment : trimmed.Length;
        var name = trimmed[1..end].Trim(IniValueText.Blanks).ToString();
        var rest = closing < 0 ? [] : trimmed[(closing + 1)..].Trim(IniValueText.Blanks);
        if (closing < 0)
        {
            issues.SectionNotClosed(line, name);
        }
        else if (name.Length == 0)
        {
            issues.SectionWithoutName(line);
        }

        if (!rest.IsEmpty && rest[0] is not ('#' or ';'))
        {
            issues.TextAfterSection(line, name, rest);
        }

        AddSection(name);
    }

    void AddSection(string name)
    {
        var earlier = byName.GetValueOrDefault(name);
        section = new IniSection(name, line) { IsDuplicate = earlier is not null };
        sections.Add(section);
        if (earlier is null)
        {
            byName.Add(name, section);
        }
        else if (name.Length > 0)
        {
            issues.DuplicateSection(line, earlier);
        }
    }

    void OpenEntry(IniSection owner, ReadOnlySpan<char> trimmed, int indent)
    {
        var delimiter = trimmed.IndexOfAny('=', ':');
        if (delimiter < 0 || IniValueText.FindComment(trimmed[..delimiter]) >= 0)
        {
            issues.MissingDelimiter(line, owner, trimmed);
            return;
        }

        var opened = new IniEntry(trimmed[..delimiter].Trim(IniValueText.Blanks).ToString().ToLowerInvariant(), line);
        SetValue(opened, owner, trimmed[(delimiter + 1)..]);
        entry = opened;
        entryIndent = indent;
        blankLines = 0;
        if (opened.Key.Length == 0)
        {
            issues.MissingKey(line, owner, trimmed);
        }
        else if (owner.Find(opened.Key) is { } earlier)
        {
            issues.DuplicateKey(line, owner, earlier);
        }
        else if (owner.IsFull)
        {
            issues.TooManyKeys(line, owner);
        }
        else
        {
            owner.Entries.Add(opened);
        }
    }

    void SetValue(IniEntry opened, IniSection owner, ReadOnlySpan<char> rest)
    {
        var text = new IniValueText(rest);
        opened.Value = text.Value;
        opened.Written = text.IsQuoted ? text.Written : opened.Value;
        if (text.LooksCommentedOut)
        {
            issues.CommentValue(line, owner, opened.Key, rest.Trim(IniValueText.Blanks));
        }
    }

    void ContinueEntry(IniEntry open, IniValueText text)
    {
        if (open.ContinuationLine == 0)
        {
            open.ContinuationLine = line;
            value.Clear().Append(open.Value);
            written.Clear().Append(open.Written);
        }

        var lineFeeds = value.Length == 0 ? 0 : blankLines + 1;
        value.Append('\n', lineFeeds).Append(text.Value);
        written.Append('\n', lineFeeds).Append(text.Written);
        blankLines = 0;
    }

    void CloseEntry()
    {
        if (entry?.ContinuationLine > 0)
        {
            entry.Value = value.ToString();
            entry.Written = written.ToString();
        }

        entry = null;
    }
}
