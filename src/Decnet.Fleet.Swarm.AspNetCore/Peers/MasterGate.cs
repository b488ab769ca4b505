namespace Decnet.Fleet.Swarm.AspNetCore.Peers;

using Decnet.Fleet.Swarm.Pki;
using Microsoft.AspNetCore.Http;

/// <summary>Lets the master in, with one of the certificates that this host knows of it, and nobody else.</summary>
internal sealed class MasterGate(Func<HostTrust> trust) : IPeerGate
{
    public ValueTask<AdmittedPeer> AdmitAsync(HttpContext context)
    {
        var now = trust();
        var verdict = now.Policy.Judge(context.Connection.ClientCertificate, now.Master(PeerUse.Client));
        return verdict.IsAccepted ? ValueTask.FromResult(default(AdmittedPeer)) : throw PeerRefusals.Of(verdict);
    }
}
