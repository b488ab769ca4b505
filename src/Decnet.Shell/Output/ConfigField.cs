namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Model = Decnet.Fleet.Model;

/// <summary>A setting of a service.</summary>
public sealed record ConfigField
{
    /// <summary>The key.</summary>
    public required string Name { get; init; }

    /// <summary>What it takes: <c>string</c>, <c>password</c>, <c>int</c>, <c>bool</c>, <c>textarea</c>, <c>enum</c> or <c>multi_enum</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is when nobody says; null for nothing, and for secrets.</summary>
    public string? Default { get; init; }

    /// <summary>Whether its value is never shown.</summary>
    public required bool Secret { get; init; }

    /// <summary>What can be chosen; empty when anything can be said.</summary>
    public required string[] Choices { get; init; }

    /// <summary>What it does; null when nobody said.</summary>
    public string? Help { get; init; }

    internal static ConfigField Of(Model.ConfigField field) => new()
    {
        Name = field.Key,
        Type = Token<ConfigFieldType>.Of(field.Type),
        Default = field.Secret ? null : field.Default?.ToString(),
        Secret = field.Secret,
        Choices = [.. field.Choices],
        Help = field.Help,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
