namespace Decnet.Daemon.Output;

/// <summary>
/// Rows under headings, each column as wide as its widest cell. On a terminal that is too narrow the last column is cut, since
/// it is the one with free text.
/// </summary>
internal static class Table
{
    const string Gap = "  ";
    const int NarrowestLast = 12;

    /// <summary>Prints rows.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">The rows, each with a cell for each heading.</param>
    /// <param name="hidden">The number of a column that is left out; null for none.</param>
    internal static void Write(Terminal terminal, string[] headings, IReadOnlyList<string?[]> rows, int? hidden = null)
    {
        if (hidden is { } column)
        {
            headings = Without(headings, column);
            rows = [.. rows.Select(row => Without(row, column))];
        }

        var lines = Lines(headings, rows, terminal.Width());
        terminal.Out.WriteLine(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            terminal.Out.WriteLine(terminal.Colours ? StateColours.Paint(line) : line);
        }
    }

    internal static IReadOnlyList<string> Lines(string[] headings, IReadOnlyList<string?[]> rows, int width)
    {
        string?[][] all = [[.. headings.Select(heading => heading.ToUpperInvariant())], .. rows.Select(row => row.Select(OneLine).ToArray())];
        var widths = headings.Select((_, column) => all.Max(row => row[column]?.Length ?? 0)).ToArray();
        var before = widths.SkipLast(1).Sum(column => column + Gap.Length);
        widths[^1] = Math.Min(widths[^1], Math.Max(NarrowestLast, width == int.MaxValue ? width : width - before));
        return [.. all.Select(row => Line(row, widths))];
    }

    static string Line(string?[] cells, int[] widths) =>
        string.Join(Gap, cells.Select((cell, column) => Cut(cell ?? "", widths[column]).PadRight(widths[column]))).TrimEnd();

    static T[] Without<T>(T[] cells, int column) => [.. cells.Where((_, position) => position != column)];

    static string Cut(string cell, int width) => cell.Length <= width ? cell : string.Concat(cell.AsSpan(0, width - 1), "…");

    static string? OneLine(string? cell) => cell?.ReplaceLineEndings(" ").Replace('\t', ' ');
}
