namespace Decnet.Shell.Building;

using System.Net;

/// <summary>Which deckies to describe. What is null is left to the builder.</summary>
public sealed record DeckyRequest
{
    /// <summary>How many.</summary>
    public int? Count { get; init; }

    /// <summary>Their names.</summary>
    public string[]? Names { get; init; }

    /// <summary>What their names begin with, before a number.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The services of each.</summary>
    public string[]? Services { get; init; }

    /// <summary>The role of each.</summary>
    public string? Archetype { get; init; }

    /// <summary>Whether chance chooses the services.</summary>
    public bool RandomizeServices { get; init; }

    /// <summary>The distributions, in turn.</summary>
    public string[]? Distros { get; init; }

    /// <summary>Whether chance chooses the distributions.</summary>
    public bool RandomizeDistros { get; init; }

    /// <summary>Their addresses.</summary>
    public IPAddress[]? Addresses { get; init; }

    /// <summary>The network to choose addresses in.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The gateway of the network.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>An address of the host, which no decky may get.</summary>
    public IPAddress? HostAddress { get; init; }

    /// <summary>The first address that may be chosen.</summary>
    public IPAddress? FirstAddress { get; init; }

    /// <summary>How often the services change; null for never.</summary>
    public TimeSpan? MutateInterval { get; init; }

    /// <summary>The settings: by service, by key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>? ServiceConfig { get; init; }

    /// <summary>The host that runs them, by identity or name; null for the one that deploys them.</summary>
    public string? HostId { get; init; }

    /// <summary>What everything left to chance starts from.</summary>
    public int? Seed { get; init; }
}
