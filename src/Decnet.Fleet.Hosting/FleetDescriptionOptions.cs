namespace Decnet.Fleet.Hosting;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>What a caller says beside the description of a fleet. It comes before what the description says.</summary>
public sealed record FleetDescriptionOptions
{
    /// <summary>The network; null for the description's, the present fleet's or the host's, in this order.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The gateway; null for the description's, the present fleet's or the host's, in this order.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface; null for the description's, the present fleet's or the host's, in this order.</summary>
    public string? Interface { get; init; }

    /// <summary>The driver; null for the description's or the present fleet's.</summary>
    public NetworkDriver? Driver { get; init; }

    /// <summary>What everything left to chance starts from; null for a new seed.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether the description is the whole fleet, so that deckies that it does not name go.</summary>
    public bool Replace { get; init; }
}
