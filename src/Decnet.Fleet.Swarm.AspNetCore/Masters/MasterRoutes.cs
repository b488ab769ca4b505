namespace Decnet.Fleet.Swarm.AspNetCore.Masters;

using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What can be asked of a master.</summary>
internal static class MasterRoutes
{
    const int MaxRequestBytes = 64 * 1024;
    const int MaxFarewellBytes = 1024 * 1024;

    static readonly SwarmJsonContext Json = SwarmJsonContext.Default;

    internal static readonly SwarmRoute Health = new("GET", "/health", "getHealth", "Whether the master is there.")
    {
        Answers = [new SwarmAnswerKind(200, "It is.", Json.PeerHealth)],
        Problems = [404],
    };

    internal static readonly SwarmRoute Heartbeat = new("POST", "/swarm/heartbeat", "report", "Tells how a host is, and what has happened on it.")
    {
        Body = Json.HostReport,
        MaxBytes = SwarmProtocol.MaxReportBytes,
        Answers = [new SwarmAnswerKind(204, $"It is stored, with every delta in it. The header {SwarmProtocol.TrustHeader} has the version of the newest trust bundle.")],
        Problems = [404, 422, 503],
    };

    internal static readonly SwarmRoute Farewell = new("POST", "/swarm/farewell", "farewell", "Tells that a host has removed itself, and how that ended.")
    {
        Body = Json.HostFarewell,
        MaxBytes = MaxFarewellBytes,
        Answers = [new SwarmAnswerKind(204, "It is stored.")],
        Problems = [404, 422, 503],
    };

    internal static readonly SwarmRoute Trust = new("GET", "/swarm/trust", "getTrust", "Whom a host trusts.")
    {
        Answers = [new SwarmAnswerKind(200, "The newest bundle.", Json.TrustBundle)],
        Problems = [404],
    };

    internal static readonly SwarmRoute Renew = new("POST", "/swarm/renew", "renew", "Gives a host a certificate for a new key.")
    {
        Body = Json.RenewalRequest,
        MaxBytes = MaxRequestBytes,
        Answers = [new SwarmAnswerKind(200, "The certificate. The former one is good until this one is first used.", Json.RenewalReply)],
        Problems = [404, 422, 503],
    };

    internal static readonly SwarmRoute Enroll = new("POST", "/swarm/enroll", "enroll", "Makes one that has a token a host of the fleet. On a port of its own, without a certificate.")
    {
        Body = Json.EnrolmentRequest,
        MaxBytes = MaxRequestBytes,
        Answers = [new SwarmAnswerKind(200, "The identity and the certificate of the host.", Json.EnrolmentReply)],
        Problems = [404, 409, 422, 429, 503],
    };

    internal static IReadOnlyList<SwarmRoute> All { get; } = [Health, Heartbeat, Farewell, Trust, Renew, Enroll];
}
