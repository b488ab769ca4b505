namespace Decnet.Fleet.Containers;

/// <summary>Collects the lines that a container wrote, and keeps the last of them within a bound, fit to be shown to people.</summary>
internal sealed class LogTail
{
    internal const int MostCharacters = 4_000;

    readonly Queue<string> kept = new();
    readonly int lines;

    /// <summary>The characters of the kept lines, with one for the end of each.</summary>
    int length;

    internal LogTail(int lines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 1);
        this.lines = lines;
    }

    internal static string Of(string log, int lines)
    {
        var tail = new LogTail(lines);
        foreach (var line in log.TrimEnd('\r', '\n').Split('\n'))
        {
            tail.Add(line);
        }

        return tail.ToString();
    }

    /// <summary>Adds a line, given without its end.</summary>
    internal void Add(string line)
    {
        var text = WithoutControls(line);
        kept.Enqueue(text);
        length += text.Length + 1;
        while (kept.Count > lines || (kept.Count > 1 && length - kept.Peek().Length > MostCharacters + 1))
        {
            length -= kept.Dequeue().Length + 1;
        }
    }

    public override string ToString()
    {
        var text = string.Join('\n', kept).TrimEnd('\n');
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var start = text.Length - MostCharacters;
        return text[(char.IsLowSurrogate(text[start]) ? start + 1 : start)..];
    }

    static string WithoutControls(string line) =>
        line.Any(IsUnwanted) ? string.Concat(line.Where(character => !IsUnwanted(character))) : line;

    static bool IsUnwanted(char character) => char.IsControl(character) && character != '\t';
}
