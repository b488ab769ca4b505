namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Which addresses of a network deckies must not get.</summary>
public abstract record AddressRules
{
    /// <summary>
    /// Whether a gateway outside of the network is meant: then the whole network is free for deckies, and only a
    /// warning is left. Docker refuses to create a network with such a gateway.
    /// </summary>
    /// <value>Default: false; such a gateway is an error.</value>
    public bool GatewayOffLink { get; init; }

    /// <summary>The addresses of the host that runs the deckies. No decky gets one. They may lie outside of the network.</summary>
    /// <value>Default: none, they are not known.</value>
    public ValueList<IPAddress> HostAddresses { get; init; } = [];

    /// <summary>Where the search for free addresses begins. Addresses that are asked for by name may be lower.</summary>
    /// <value>Default: null, the first usable address.</value>
    public IPAddress? FirstAddress { get; init; }

    /// <summary>Addresses that are not handed out; asking for one by name gives a warning.</summary>
    /// <value>Default: none.</value>
    public ValueList<IPAddress> Excluded { get; init; } = [];

    /// <summary>Ranges that are not handed out, such as that of a DHCP server; asking for one of their addresses by name gives a warning.</summary>
    /// <value>Default: none.</value>
    public ValueList<AddressRange> ExcludedRanges { get; init; } = [];

    /// <summary>Addresses that are taken, such as those of existing deckies; asking for one by name is an error.</summary>
    /// <value>Default: none.</value>
    public ValueList<IPAddress> Reserved { get; init; } = [];
}
