namespace Decnet.Fleet.Swarm.AspNetCore.Kestrel;

using Decnet.Fleet.Swarm.Pki;

/// <summary>What a server shows and whom it believes, at one moment. It is asked for at each handshake, so that what changes counts at once.</summary>
/// <param name="Identity">The certificate that the server shows, with its key.</param>
/// <param name="Policy">Judges the certificates of peers.</param>
internal sealed record PeerTrust(HostIdentity Identity, PeerPolicy Policy)
{
    internal static PeerTrust Of(HostTrust host) => new(host.Identity, host.Policy);

    internal static PeerTrust Of(MasterTrust master) => new(master.Identity, master.Policy);
}
