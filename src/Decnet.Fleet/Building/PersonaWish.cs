namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>What is asked of the deckies of one group together: equal wishes are resolved once, and their errors reported once.</summary>
internal sealed record PersonaWish
{
    /// <summary>The group, for messages.</summary>
    internal required string Target { get; init; }

    /// <summary>Whether the group takes turns with distributions by itself, beginning with the first; otherwise with all others of the same kind.</summary>
    internal bool IsGroup { get; init; }

    internal ValueList<string>? Services { get; init; }

    internal string? Archetype { get; init; }

    internal bool RandomizeServices { get; init; }

    internal ValueList<string>? Distros { get; init; }

    internal bool RandomizeDistros { get; init; }

    internal string? NmapOs { get; init; }
}
