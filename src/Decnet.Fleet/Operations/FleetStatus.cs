namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>How a host's fleet is.</summary>
public sealed record FleetStatus
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>What the fleet file says.</summary>
    public required DesiredState Desired { get; init; }

    /// <summary>The deckies of the fleet file and those that only rows or containers know, by name.</summary>
    public required ValueList<DeckyStatus> Deckies { get; init; }

    /// <summary>The workers that have registered, on all hosts.</summary>
    public required ValueList<Worker> Workers { get; init; }

    /// <summary>The order to leave the whole fleet alone.</summary>
    /// <value>Default: null, there is none.</value>
    public Suspension? Suspension { get; init; }

    /// <summary>Why the engine could not be asked; states are the recorded ones then.</summary>
    /// <value>Default: null, it was asked.</value>
    public string? Unreachable { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }
}
