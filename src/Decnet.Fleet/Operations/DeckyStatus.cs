namespace Decnet.Fleet.Operations;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>How one decky is.</summary>
public sealed record DeckyStatus
{
    /// <summary>The name.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>The host that runs it.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The address.</summary>
    /// <value>Null when only containers know of it.</value>
    public IPAddress? IPAddress { get; init; }

    /// <summary>The slugs of its services.</summary>
    public ValueList<string> Services { get; init; } = [];

    /// <summary>Its state as its containers show it now; the recorded one when the engine cannot be asked or an operation is under way.</summary>
    public required DeckyState State { get; init; }

    /// <summary>What is wrong with it, for people.</summary>
    /// <value>Default: null, nothing.</value>
    public string? Reason { get; init; }

    /// <summary>Its row.</summary>
    /// <value>Default: null, it has none yet.</value>
    public DeckyRow? Row { get; init; }

    /// <summary>Whether the fleet file has it.</summary>
    public required bool IsDesired { get; init; }

    /// <summary>The operation that is under way.</summary>
    /// <value>Default: null, none.</value>
    public Operation? Operation { get; init; }

    /// <summary>The order to leave it alone, be it its own or the fleet's.</summary>
    /// <value>Default: null, there is none.</value>
    public Suspension? Suspension { get; init; }

    /// <summary>When its services rotate next.</summary>
    /// <value>Default: null, they do not.</value>
    public DateTimeOffset? NextMutation { get; init; }
}
