namespace Decnet.Fleet.Building.Ini;

/// <summary>What the lexer has to say about lines, whatever they mean.</summary>
internal sealed class IniSyntaxIssues(IniIssues issues)
{
    bool textBeforeSection;

    internal void InvalidCharacter(int line, int column, char c) => issues.Error(
        FleetIniIssueCode.InvalidCharacter, line, "", $"column {column} has the character U+{(int)c:X4}, which no text has",
        "remove it, or encode the value with base64 as 'b64:…'");

    internal void TextBeforeSection(int line, ReadOnlySpan<char> text)
    {
        if (!textBeforeSection)
        {
            textBeforeSection = true;
            issues.Error(
                FleetIniIssueCode.TextBeforeSection, line, "", $"{IniText.Show(text)} stands before the first section",
                "start with a section such as [general] or [web-01]");
        }
    }

    internal void SectionNotClosed(int line, string name) => issues.Error(
        FleetIniIssueCode.SectionNotClosed, line, IniText.Shorten(name), $"the section {IniText.Show(name)} has no ']'", "end its name with ']'");

    internal void SectionWithoutName(int line) => issues.Error(
        FleetIniIssueCode.SectionWithoutName, line, "", "the section has no name", "write the name of a decky between the brackets");

    internal void TextAfterSection(int line, string name, ReadOnlySpan<char> text) => issues.Error(
        FleetIniIssueCode.TextAfterSection, line, IniText.Shorten(name), $"{IniText.Show(text)} stands after the section {IniText.Show(name)}",
        "put it on a line of its own, or make it a comment with '#'");

    internal void DuplicateSection(int line, IniSection earlier) => issues.Error(
        FleetIniIssueCode.DuplicateSection, line, IniText.Shorten(earlier.Name),
        $"the section {IniText.Show(earlier.Name)} is in line {earlier.Line} already", "merge the two, or rename one");

    internal void MissingDelimiter(int line, IniSection section, ReadOnlySpan<char> text) => issues.Error(
        FleetIniIssueCode.MissingDelimiter, line, IniText.Shorten(section.Name), $"{IniText.Show(text)} has no '='",
        "write 'key = value', or indent the line if it continues the value above");

    internal void MissingKey(int line, IniSection section, ReadOnlySpan<char> text) => issues.Error(
        FleetIniIssueCode.MissingKey, line, IniText.Shorten(section.Name), $"{IniText.Show(text)} has no key", "write 'key = value'");

    internal void DuplicateKey(int line, IniSection section, IniEntry earlier) => issues.Error(
        FleetIniIssueCode.DuplicateKey, line, IniText.Target(section.Name, earlier.Key),
        $"the key {IniText.Show(earlier.Key)} is in line {earlier.Line} already", "remove one of the two");

    internal void TooManyKeys(int line, IniSection section) => issues.Error(
        FleetIniIssueCode.TooManyKeys, line, IniText.Shorten(section.Name),
        $"the section {IniText.Show(section.Name)} has more than {FleetIniParser.MaxKeysPerSection} keys", "remove the key");

    internal void CommentValue(int line, IniSection section, string key, ReadOnlySpan<char> text) => issues.Warning(
        FleetIniIssueCode.CommentValue, line, IniText.Target(section.Name, key),
        $"the value of {IniText.Show(key)} is blank, because {IniText.Show(text)} is a comment",
        "put the value in double quotes if it is none");
}
