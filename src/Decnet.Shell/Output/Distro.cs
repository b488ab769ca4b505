namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;

/// <summary>A Linux distribution that a decky can be made of.</summary>
public sealed record Distro
{
    /// <summary>The slug, by which it is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The image of the base container.</summary>
    public required string Image { get; init; }

    internal static Distro Of(DistroDefinition definition) =>
        new() { Name = definition.Slug, DisplayName = definition.DisplayName, Image = definition.Image };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
