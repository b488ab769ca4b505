namespace Decnet.Fleet.Building;

using System.Diagnostics.CodeAnalysis;
using System.Net;

/// <summary>A network, and which of its addresses deckies must not get.</summary>
public sealed record AddressSpace : AddressRules
{
    /// <summary>Makes a description to be filled in.</summary>
    public AddressSpace()
    {
    }

    [SetsRequiredMembers]
    internal AddressSpace(IPNetwork subnet, IPAddress gateway, AddressRules rules) : base(rules)
    {
        Subnet = subnet;
        Gateway = gateway;
    }

    /// <summary>The IPv4 network, <c>/8</c> to <c>/30</c>.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The gateway. No decky gets its address.</summary>
    /// <value>Default: null, none.</value>
    public IPAddress? Gateway { get; init; }
}
