namespace Decnet.Fleet.Building.Ini;

/// <summary>A section with its keys, in the order of the text.</summary>
internal sealed class IniSection(string name, int line)
{
    /// <summary>The name; empty for a header without one, which has been reported.</summary>
    internal string Name { get; } = name;

    internal int Line { get; } = line;

    internal List<IniEntry> Entries { get; } = [];

    /// <summary>Whether an earlier section has the name. It is read for its errors only.</summary>
    internal bool IsDuplicate { get; init; }

    internal bool IsFull => Entries.Count >= FleetIniParser.MaxKeysPerSection;

    internal IniEntry? Find(string key) => Entries.Find(entry => entry.Key == key);
}
