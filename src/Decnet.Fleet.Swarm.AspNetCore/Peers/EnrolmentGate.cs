namespace Decnet.Fleet.Swarm.AspNetCore.Peers;

using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

/// <summary>Lets everybody in while somebody is expected: those that enrol have no certificate yet, and prove themselves by a token.</summary>
internal sealed class EnrolmentGate(IEnrolmentSide desk) : IPeerGate
{
    public async ValueTask<AdmittedPeer> AdmitAsync(HttpContext context) =>
        await desk.IsOpenAsync(context.RequestAborted).ConfigureAwait(false)
            ? default
            : throw Problems.Make(404, "closed", "No host is expected", "Open an enrolment on the master first: 'decnetd host enroll NAME'.");
}
