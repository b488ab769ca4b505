namespace Decnet.Daemon;

/// <summary>What the program returns to its caller.</summary>
internal static class ExitCodes
{
    /// <summary>All was done.</summary>
    internal const int Done = 0;

    /// <summary>Something failed, or was stopped before its end.</summary>
    internal const int Failure = 1;

    /// <summary>The command line, an INI file or a name is wrong; nothing was done.</summary>
    internal const int BadInput = 2;

    /// <summary>A single pass was held: what is desired, or what runs, is not known, or too much would be deleted.</summary>
    internal const int Held = 3;

    /// <summary>The plan of a pass was made and stopped at, and there is something to do.</summary>
    internal const int Drift = 4;
}
