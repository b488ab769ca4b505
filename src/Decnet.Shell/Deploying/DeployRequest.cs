namespace Decnet.Shell.Deploying;

using System.Net;
using Decnet.Shell.Output;

/// <summary>What is deployed, and how. One of <see cref="Deckies"/>, <see cref="Fleet"/> and <see cref="Path"/> is given.</summary>
public sealed record DeployRequest
{
    /// <summary>Deckies, which may come of several descriptions.</summary>
    public IReadOnlyList<Decky>? Deckies { get; init; }

    /// <summary>A fleet with its network.</summary>
    public Output.Fleet? Fleet { get; init; }

    /// <summary>A file that describes the fleet: <c>.json</c> for a document, anything else for an INI text.</summary>
    public string? Path { get; init; }

    /// <summary>The interface of the host; null for what the fleet says.</summary>
    public string? Interface { get; init; }

    /// <summary>The network; null for what the fleet says.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The gateway; null for what the fleet says.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The driver of the network, by its name; null for what the fleet says.</summary>
    public string? Driver { get; init; }

    /// <summary>The host of deckies that name none, by identity or name; null for what <see cref="Placement"/> says.</summary>
    public string? HostId { get; init; }

    /// <summary>Where deckies go that are new and name no host: <c>Local</c> or <c>RoundRobin</c>; null for Local.</summary>
    public string? Placement { get; init; }

    /// <summary>Whether everything else goes.</summary>
    public bool Replace { get; init; }

    /// <summary>How many deckies are worked on at the same time; null for the default.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Whether the work goes on by itself when it has been recorded.</summary>
    public bool NoWait { get; init; }

    /// <summary>What choices that an INI text leaves to chance start from; null for a new seed.</summary>
    public int? Seed { get; init; }
}
