namespace Decnet.Fleet.Containers;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>The network that deckies are attached to.</summary>
public sealed record NetworkSpec
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>How deckies are attached.</summary>
    public required NetworkDriver Driver { get; init; }

    /// <summary>The IPv4 network.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The part of the subnet out of which the engine itself gives addresses to containers that ask for none.</summary>
    /// <value>Default: null, the whole subnet; then the range of an existing network is not compared.</value>
    public IPNetwork? Range { get; init; }

    /// <summary>The gateway.</summary>
    public required IPAddress Gateway { get; init; }

    /// <summary>The parent interface; null with <see cref="NetworkDriver.Bridge"/>, or to be detected.</summary>
    public string? ParentInterface { get; init; }

    /// <summary>The labels.</summary>
    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;
}
