namespace Decnet.Fleet.Building.Ini;

/// <summary>One key of a section with its value, continuation lines joined by a line feed.</summary>
internal sealed class IniEntry(string key, int line)
{
    /// <summary>The key, lower-case.</summary>
    internal string Key { get; } = key;

    internal int Line { get; } = line;

    /// <summary>The value: without the comment, and without the quotes if it is in quotes.</summary>
    internal string Value { get; set; } = "";

    /// <summary>The value with its quotes, for a consumer with a quoting rule of its own.</summary>
    internal string Written { get; set; } = "";

    /// <summary>The first line that continues the value, or 0.</summary>
    internal int ContinuationLine { get; set; }
}
