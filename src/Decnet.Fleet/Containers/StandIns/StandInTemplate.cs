namespace Decnet.Fleet.Containers.StandIns;

using System.Globalization;
using System.Text;
using Decnet.Fleet.Catalog;

/// <summary>
/// Turns texts of <c>decoys.json</c> into messages. A character is a byte (ISO 8859-1), and <c>${…}</c> is what
/// <see cref="StandInFunctions"/> makes of it.
/// </summary>
/// <param name="persona">Who speaks.</param>
/// <param name="data">The named texts.</param>
internal sealed class StandInTemplate(StandInPersona persona, StandInData data)
{
    const int MaxDepth = 16;

    int depth;
    int tokens;

    internal StandInPersona Persona => persona;

    /// <exception cref="FormatException">The text is not well formed.</exception>
    internal StandInMessage Render(ReadOnlySpan<char> text)
    {
        if (++depth > MaxDepth)
        {
            throw new FormatException("Texts stand for one another without end.");
        }

        var message = new StandInMessage();
        while (text.Length > 0)
        {
            var start = text.IndexOf("${", StringComparison.Ordinal);
            message.Add(Encoding.Latin1.GetBytes(text[..(start < 0 ? text.Length : start)].ToString()));
            if (start < 0)
            {
                break;
            }

            text = text[(start + 2)..];
            var end = EndOf(text);
            message.Add(Call(text[..end]));
            text = text[(end + 1)..];
        }

        depth--;
        return message;
    }

    /// <summary>Tells apart the random parts of what one listener says.</summary>
    internal int NextToken() => tokens++;

    /// <summary>A named text: the setting that it is, else the text of the catalog for the persona.</summary>
    internal StandInMessage Named(string name)
    {
        if (!data.Values.TryGetValue(name, out var value))
        {
            throw new FormatException($"Nothing is named '{name}'.");
        }

        return value.Setting is { } key && persona.Setting(key) is { } setting
            ? new StandInMessage().Add(value.Lines ? Encoding.UTF8.GetBytes(setting) : OneLine(setting))
            : Render(persona.Pick(value) ?? "");
    }

    /// <summary>A text of the operator without what would end a line.</summary>
    internal static byte[] OneLine(string text) =>
        Encoding.UTF8.GetBytes(string.Create(text.Length, text, static (line, source) =>
        {
            for (var index = 0; index < line.Length; index++)
            {
                line[index] = char.IsControl(source[index]) ? ' ' : source[index];
            }
        }));

    StandInMessage Call(ReadOnlySpan<char> call)
    {
        var space = call.IndexOf(' ');
        var name = (space < 0 ? call : call[..space]).ToString();
        return StandInFunctions.Apply(this, name, space < 0 ? [] : call[(space + 1)..]);
    }

    static int EndOf(ReadOnlySpan<char> text)
    {
        var open = 1;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '}' && --open == 0)
            {
                return index;
            }

            if (text[index] == '$' && index + 1 < text.Length && text[index + 1] == '{')
            {
                open++;
            }
        }

        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'${{{text}' is not closed."));
    }
}
