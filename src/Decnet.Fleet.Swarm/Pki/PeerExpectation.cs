namespace Decnet.Fleet.Swarm.Pki;

using Decnet.Fleet.Model;

/// <summary>Who a peer should be.</summary>
internal sealed record PeerExpectation
{
    PeerExpectation(PeerUse use) => Use = use;

    internal PeerUse Use { get; }

    /// <summary>The role; null for any host.</summary>
    internal LeafRole? Role { get; private init; }

    /// <summary>The fingerprints of which one must be the certificate's; null when it is not known yet.</summary>
    internal ValueList<string>? Pins { get; private init; }

    /// <summary>The master, with one of its certificates.</summary>
    internal static PeerExpectation Master(PeerUse use, ValueList<string> pins) => new(use) { Role = LeafRole.Master, Pins = pins };

    /// <summary>The master of whom nothing but the authority is known: when a host enrols.</summary>
    internal static PeerExpectation AnyMaster(PeerUse use) => new(use) { Role = LeafRole.Master };

    /// <summary>A host, with one of its certificates.</summary>
    internal static PeerExpectation Host(PeerUse use, HostId host, ValueList<string> pins) => new(use) { Role = LeafRole.OfHost(host), Pins = pins };

    /// <summary>Whichever host; its certificate must be compared with what is known of it as soon as it is known which.</summary>
    internal static PeerExpectation AnyHost(PeerUse use) => new(use);
}
