namespace Decnet.Fleet.Building.Ini;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>One decky of a <see cref="FleetIni"/>, as its section describes it.</summary>
public sealed record FleetIniDecky
{
    /// <summary>The name: the section's, with <c>-NN</c> for a member of a group.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>The name of the section. Deckies with the same one are a group and take turns with distributions.</summary>
    public required string Section { get; init; }

    /// <summary>The line of the section.</summary>
    public required int Line { get; init; }

    /// <summary>The lines of the section's keys, by key.</summary>
    public ValueMap<int> Lines { get; init; } = ValueMap<int>.Empty;

    /// <summary><c>ip</c>: an explicit address.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary><c>services</c>: the slugs, not yet looked up.</summary>
    public ValueList<string>? Services { get; init; }

    /// <summary><c>archetype</c>: the slug, not yet looked up.</summary>
    public string? Archetype { get; init; }

    /// <summary><c>distro</c>: the slug, not yet looked up.</summary>
    public string? Distro { get; init; }

    /// <summary><c>hostname</c>: the host name that the decky shows.</summary>
    public string? Hostname { get; init; }

    /// <summary><c>nmap_os</c>: the OS family, not yet looked up.</summary>
    public string? NmapOs { get; init; }

    /// <summary><c>mac</c>: an explicit MAC address.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary><c>mutate_interval</c>: how often its services rotate; <see cref="Timeout.InfiniteTimeSpan"/> for <c>off</c>.</summary>
    public TimeSpan? MutateInterval { get; init; }

    /// <summary><c>host</c>: the host that runs it.</summary>
    public HostId? HostId { get; init; }

    /// <summary>The settings of its services by slug and key, group and decky sections merged, values as written.</summary>
    public ValueMap<ValueMap<FleetIniValue>> Settings { get; init; } = ValueMap<ValueMap<FleetIniValue>>.Empty;
}
