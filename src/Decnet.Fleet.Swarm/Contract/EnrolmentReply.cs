namespace Decnet.Fleet.Swarm.Contract;

using Decnet.Fleet.Model;

/// <summary>The answer to <see cref="EnrolmentRequest"/>.</summary>
public sealed record EnrolmentReply
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The identity of the host from now on.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The certificate of the host (X.509, PEM).</summary>
    public required string Certificate { get; init; }

    /// <summary>Whom the host trusts.</summary>
    public required TrustBundle Trust { get; init; }

    /// <summary>The port of the master for reports.</summary>
    public required int MasterPort { get; init; }
}
