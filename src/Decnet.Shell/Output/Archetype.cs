namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;

/// <summary>A role that a decky can play.</summary>
public sealed record Archetype
{
    /// <summary>The slug, by which it is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it looks like; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>The services that such a decky has.</summary>
    public required string[] Services { get; init; }

    /// <summary>The distributions that such a decky is made of.</summary>
    public required string[] Distros { get; init; }

    /// <summary>The operating system that its TCP/IP stack looks like.</summary>
    public required string NmapOs { get; init; }

    internal static Archetype Of(ArchetypeDefinition definition) => new()
    {
        Name = definition.Slug,
        DisplayName = definition.DisplayName,
        Description = definition.Summary,
        Services = [.. definition.Services],
        Distros = [.. definition.PreferredDistros],
        NmapOs = definition.NmapOs,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
