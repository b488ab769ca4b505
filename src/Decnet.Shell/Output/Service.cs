namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;

/// <summary>A service that a decky can pretend to offer.</summary>
public sealed record Service
{
    /// <summary>The slug, by which it is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The ports, such as <c>22/tcp</c>. Some settings open others.</summary>
    public required string[] Ports { get; init; }

    /// <summary>Whether a fleet has it once, and no decky of its own.</summary>
    public required bool FleetSingleton { get; init; }

    /// <summary>Its settings.</summary>
    public required ConfigField[] ConfigFields { get; init; }

    internal static Service Of(ServiceDefinition definition) => new()
    {
        Name = definition.Slug,
        DisplayName = definition.DisplayName,
        Ports = [.. definition.Ports.Select(port => port.ToString())],
        FleetSingleton = definition.FleetSingleton,
        ConfigFields = [.. definition.ConfigFields.Select(ConfigField.Of)],
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
