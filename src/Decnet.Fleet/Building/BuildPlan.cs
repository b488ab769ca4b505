namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>A request or an INI description in the one form that fleets are built of.</summary>
internal sealed record BuildPlan
{
    internal required string Subject { get; init; }

    /// <summary>What was found wrong so far; more is added.</summary>
    internal required List<FleetIssue> Issues { get; init; }

    /// <summary>The network; null when subnet or gateway are missing, which is among the issues then.</summary>
    internal AddressSpace? Space { get; init; }

    /// <summary>Tells the line of a key that concerns the whole fleet.</summary>
    internal Func<string, int?>? LineOf { get; init; }

    internal required IReadOnlyList<DeckyWish> Wishes { get; init; }

    internal ValueList<DeckyName> ReservedNames { get; init; } = [];

    /// <summary>The deckies beside those of the wishes, also those from before that no wish is for.</summary>
    internal ValueList<Decky> Existing { get; init; } = [];

    internal CatalogOverlay? Catalog { get; init; }

    /// <summary>Slugs of services whose definition was refused before; they are not unknown on top.</summary>
    internal IReadOnlyCollection<string> RefusedServices { get; init; } = [];

    internal string? Interface { get; init; }

    internal NetworkDriver Driver { get; init; }

    internal FleetMode Mode { get; init; }

    internal HostId? HostId { get; init; }

    internal TimeSpan? MutateInterval { get; init; }
}
