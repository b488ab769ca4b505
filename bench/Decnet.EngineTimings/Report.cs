namespace Decnet.EngineTimings;

using System.Globalization;

/// <summary>Collects figures, and prints them as one Markdown table.</summary>
/// <param name="introduction">The text above the table.</param>
internal sealed class Report(string introduction)
{
    readonly List<Figure> figures = [];
    readonly List<string> notes = [];

    internal bool HasMissed => figures.Any(figure => figure.Met == false);

    internal void Add(string section, string what, string value) => Add(new Figure(section, what, value));

    /// <summary>Adds a figure that must not be above a limit.</summary>
    internal void AtMost(string section, string what, double value, double limit, string unit, string format = "0.00") =>
        Add(new Figure(section, what, Number(value, format) + unit, "≤ " + Number(limit, "0.##") + unit, value <= limit));

    /// <summary>Adds something that must hold.</summary>
    internal void Must(string section, string what, string value, string goal, bool met) => Add(new Figure(section, what, value, goal, met));

    /// <summary>Adds a paragraph below the table.</summary>
    internal void Note(string note) => notes.Add(note);

    internal static string Number(double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);

    internal void Print(TextWriter output)
    {
        output.WriteLine(introduction);
        output.WriteLine();
        output.WriteLine(MachineFacts.Describe());
        output.WriteLine();
        output.WriteLine("| section | what | value | goal | verdict |");
        output.WriteLine("| --- | --- | ---: | ---: | --- |");
        foreach (var figure in figures)
        {
            output.WriteLine($"| {figure.Section} | {figure.What} | {figure.Value} | {figure.Goal} | {Verdict(figure.Met)} |");
        }

        foreach (var note in notes)
        {
            output.WriteLine();
            output.WriteLine(note);
        }
    }

    void Add(Figure figure)
    {
        figures.Add(figure);
        Console.Error.WriteLine($"{figure.Section}: {figure.What}: {figure.Value} {Verdict(figure.Met)}");
    }

    static string Verdict(bool? met) => met switch
    {
        true => "met",
        false => "**missed**",
        null => "",
    };
}
