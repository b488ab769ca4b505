namespace Decnet.HelpWriter;

/// <summary>What the program is told to do.</summary>
internal sealed record CommandLine
{
    internal const string Usage = """
        Usage: Decnet.HelpWriter --assembly FILE.dll --xml FILE.xml... [--references PATH...] [--maml OUT.xml] [--markdown OUT.md] [--online URL]

        --assembly    the assembly with the cmdlets; it is read, not run
        --xml         its XML documentation file, and those of other assemblies whose types the help explains
        --references  folders of assemblies, or assembly files, that it needs besides .NET and its own folder
        --maml        the help file for Get-Help to write
        --markdown    the reference page to write
        --online      address of that page, for links and for Get-Help -Online
        """;

    public required string Assembly { get; init; }

    public required IReadOnlyList<string> Xml { get; init; }

    public required IReadOnlyList<string> References { get; init; }

    public string? Maml { get; init; }

    public string? Markdown { get; init; }

    public string? Online { get; init; }

    /// <exception cref="FormatException">The arguments make no sense.</exception>
    internal static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? values = null;
        foreach (var argument in arguments)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                (values ?? throw new FormatException($"'{argument}' belongs to no option.")).Add(argument);
            }
            else if (argument is not ("--assembly" or "--xml" or "--references" or "--maml" or "--markdown" or "--online"))
            {
                throw new FormatException($"There is no option '{argument}'.");
            }
            else if (!given.TryGetValue(argument, out values))
            {
                given[argument] = values = [];
            }
        }

        return new CommandLine
        {
            Assembly = One(given, "--assembly") ?? throw new FormatException("--assembly is missing."),
            Xml = given.GetValueOrDefault("--xml", []) is { Count: > 0 } files ? files : throw new FormatException("--xml is missing."),
            References = given.GetValueOrDefault("--references", []),
            Maml = One(given, "--maml"),
            Markdown = One(given, "--markdown"),
            Online = One(given, "--online"),
        };
    }

    static string? One(Dictionary<string, List<string>> given, string option) =>
        !given.TryGetValue(option, out var values) ? null
        : values is [var value] ? value
        : throw new FormatException($"{option} takes one value.");
}
