namespace Decnet.Fleet.Swarm.AspNetCore.Peers;

using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.AspNetCore.Http;

/// <summary>Lets hosts in that the fleet has, each with the certificate that is known of it, or the one that it was given to follow that.</summary>
internal sealed class HostGate(Func<MasterTrust> trust, IMasterSide master) : IPeerGate
{
    public async ValueTask<AdmittedPeer> AdmitAsync(HttpContext context)
    {
        var policy = trust().Policy;
        var certificate = context.Connection.ClientCertificate;
        var verdict = policy.Judge(certificate, PeerExpectation.AnyHost(PeerUse.Client));
        if (!verdict.IsAccepted)
        {
            throw PeerRefusals.Of(verdict);
        }

        var id = verdict.Role!.Host!.Value;
        var known = await master.FindHostAsync(id, context.RequestAborted).ConfigureAwait(false) ?? throw Problems.Make(
            404, "unknown-host", "The fleet has no such host",
            $"The certificate is that of the host {id}, which the fleet does not have (any more). Enrol it again, or remove its agent.");
        verdict = policy.Judge(certificate, MasterTrust.Host(PeerUse.Client, known));
        if (!verdict.IsAccepted)
        {
            throw PeerRefusals.Of(verdict);
        }

        if (verdict.Fingerprint == known.NextFingerprint)
        {
            await master.AdoptAsync(known, context.RequestAborted).ConfigureAwait(false);
        }

        return new AdmittedPeer(id);
    }
}
