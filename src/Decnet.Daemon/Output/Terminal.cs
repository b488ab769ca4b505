namespace Decnet.Daemon.Output;

/// <summary>Where a command reads and writes.</summary>
internal sealed record Terminal
{
    /// <summary>For what was asked for: tables, or JSON lines.</summary>
    internal required TextWriter Out { get; init; }

    /// <summary>For everything else: progress, questions, messages and the log.</summary>
    internal required TextWriter Error { get; init; }

    internal required TextReader In { get; init; }

    internal bool OutIsTerminal { get; init; }

    internal bool ErrorIsTerminal { get; init; }

    internal bool InIsTerminal { get; init; }

    /// <summary>Whether states may be coloured.</summary>
    internal bool Colours { get; init; }

    /// <summary>How many columns a line may have; a terminal's can change.</summary>
    internal Func<int> Width { get; init; } = static () => int.MaxValue;

#pragma warning disable RS0030 // This is where the console enters.
    internal static Terminal OfProcess(Func<string, string?> variable)
    {
        var outIsTerminal = !Console.IsOutputRedirected;
        return new Terminal
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Colours = outIsTerminal && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb",
            Width = outIsTerminal ? ConsoleWidth : static () => int.MaxValue,
        };
    }

    static int ConsoleWidth() => Console.WindowWidth is > 0 and var width ? width : int.MaxValue;
#pragma warning restore RS0030
}
