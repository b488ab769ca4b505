namespace Decnet.Fleet.Swarm.Clients;

using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Speaks to the master as a host, over connections that are pinned on both sides.</summary>
/// <param name="host">Where the master listens: a host name or address.</param>
/// <param name="port">Its port, <see cref="SwarmProtocol.MasterPort"/> unless another one was chosen.</param>
/// <param name="trust">What the host knows at the moment.</param>
/// <param name="clock">Measures the time that a request may take.</param>
internal sealed class MasterClient(string host, int port, Func<HostTrust> trust, TimeProvider clock) : IMasterClient, IDisposable
{
    readonly Uri address = new UriBuilder("https", host, port).Uri;
    readonly PeerConnection connection = new($"the master ({host}:{port})", clock);

    public async Task<long> ReportAsync(HostReport report, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(PeerRequest.Post("/swarm/heartbeat", report, SwarmJsonContext.Default.HostReport), cancellationToken).ConfigureAwait(false);
        answer.MustBeDone();
        return answer.TrustVersion;
    }

    public async Task<TrustBundle> GetTrustAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(new PeerRequest("/swarm/trust"), cancellationToken).ConfigureAwait(false)).Read(SwarmJsonContext.Default.TrustBundle);

    public async Task<RenewalReply> RenewAsync(RenewalRequest request, CancellationToken cancellationToken = default) =>
        (await SendAsync(PeerRequest.Post("/swarm/renew", request, SwarmJsonContext.Default.RenewalRequest), cancellationToken).ConfigureAwait(false))
        .Read(SwarmJsonContext.Default.RenewalReply);

    public async Task FarewellAsync(HostFarewell farewell, CancellationToken cancellationToken = default) =>
        (await SendAsync(PeerRequest.Post("/swarm/farewell", farewell, SwarmJsonContext.Default.HostFarewell), cancellationToken).ConfigureAwait(false))
        .MustBeDone();

    public void Dispose() => connection.Dispose();

    Task<PeerAnswer> SendAsync(PeerRequest request, CancellationToken cancellationToken)
    {
        var now = trust();
        return connection.SendAsync(address, PeerSide.Pinned(now.Identity, now.Policy, now.Master(PeerUse.Server)), request, cancellationToken);
    }
}
