namespace Decnet.Fleet.Building.Ini;

using System.Text;
using Decnet.Fleet.Model;

/// <summary>Writes sections and keys so that the lexer reads the same values from them.</summary>
internal sealed class IniTextWriter(TextWriter writer)
{
    const string Base64Mark = "b64:";
    bool isOpen;

    internal void Section(string name)
    {
        writer.Write(isOpen ? "\n[" : "[");
        writer.Write(name);
        writer.Write("]\n");
        isOpen = true;
    }

    internal void Key(string key, string value) => Line(key, OneLine(value));

    internal void Optional(string key, string? value)
    {
        if (value is not null)
        {
            Key(key, value);
        }
    }

    internal void List(string key, IEnumerable<string> values) => Key(key, string.Join(", ", values));

    /// <summary>A value that is already in the words of its consumer, which has quotes of its own.</summary>
    internal void Verbatim(string key, string value) => Line(key, value);

    /// <summary>A text area: on lines of its own where that gives the same text, else encoded.</summary>
    internal void TextArea(string key, string value)
    {
        if (value.Length == 0 || value.StartsWith(Base64Mark, StringComparison.Ordinal) || !IsText(value))
        {
            Line(key, Encode(value));
        }
        else if (!value.Contains('\n'))
        {
            Key(key, value);
        }
        else
        {
            writer.Write($"{key} =\n");
            foreach (var line in value.Split('\n'))
            {
                writer.Write($"    {OneLine(line)}\n");
            }
        }
    }

    /// <summary>Whether lines can hold the text. The first one must not be empty: there a value only begins.</summary>
    static bool IsText(string value) =>
        value[0] != '\n' && !value.Contains('\r') && IniText.FindInvalid(value.Replace('\n', ' ')) < 0;

    /// <summary>A value as it is written. Line ends would begin something else, so a text with some is encoded.</summary>
    static string OneLine(string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n'))
        {
            return Encode(value);
        }

        return value.Length > 0 && new IniValueText(" " + value).Value == value
            ? value
            : '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
    }

    static string Encode(string value) => Base64Mark + Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    void Line(string key, string value) => writer.Write($"{key} = {value}\n");
}
