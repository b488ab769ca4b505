namespace Decnet.Fleet.Swarm.Pki;

/// <summary>On which side of a connection a peer is.</summary>
internal enum PeerUse
{
    /// <summary>It has called.</summary>
    Client,

    /// <summary>It was called.</summary>
    Server,
}
