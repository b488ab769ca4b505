namespace QuickStart;

/// <summary>Prints rows under headings, each column as wide as its widest cell.</summary>
internal static class Table
{
    internal static void Print(string[] headings, IEnumerable<string?[]> rows)
    {
        string?[][] lines = [headings, .. rows];
        var widths = headings.Select((_, column) => lines.Max(line => line[column]?.Length ?? 0)).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            Write(lines[i], widths);
            if (i == 0)
            {
                Write([.. widths.Select(width => new string('-', width))], widths);
            }
        }

        Console.WriteLine();
    }

    internal static void Title(int number, string text) => Console.WriteLine($"{number}. {text}\n");

    static void Write(string?[] cells, int[] widths) =>
        Console.WriteLine(("   " + string.Join("  ", cells.Select((cell, column) => (cell ?? "").PadRight(widths[column])))).TrimEnd());
}
