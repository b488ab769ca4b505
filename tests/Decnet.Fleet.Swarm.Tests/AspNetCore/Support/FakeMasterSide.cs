namespace Decnet.Fleet.Swarm.Tests.AspNetCore.Support;

using System.Collections.Concurrent;
using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>A master that keeps in memory what reached it.</summary>
internal sealed class FakeMasterSide(Func<MasterTrust> trust) : IMasterSide, IEnrolmentSide
{
    internal ConcurrentDictionary<HostId, FleetHost> Hosts { get; } = [];

    internal ConcurrentQueue<(HostId Peer, object What)> Received { get; } = [];

    internal bool IsOpen { get; set; }

    public TrustBundle Trust => trust().Bundle;

    public Task<FleetHost?> FindHostAsync(HostId host, CancellationToken cancellationToken) => Task.FromResult(Hosts.GetValueOrDefault(host));

    public Task AdoptAsync(FleetHost host, CancellationToken cancellationToken)
    {
        Hosts[host.HostId] = host with { Fingerprint = host.NextFingerprint, NextFingerprint = null };
        return Task.CompletedTask;
    }

    public Task ReceiveAsync(HostId peer, HostReport report, CancellationToken cancellationToken) => Keep(peer, report, true);

    public Task FarewellAsync(HostId peer, HostFarewell farewell, CancellationToken cancellationToken) => Keep(peer, farewell, true);

    public Task<RenewalReply> RenewAsync(HostId peer, RenewalRequest request, CancellationToken cancellationToken) =>
        Keep(peer, request, new RenewalReply(SwarmProtocol.Version, "PEM"));

    public Task<bool> IsOpenAsync(CancellationToken cancellationToken) => Task.FromResult(IsOpen);

    public Task<EnrolmentReply> EnrollAsync(EnrolmentRequest request, IPAddress remote, CancellationToken cancellationToken) =>
        Keep(HostId.Local, (request, remote), new EnrolmentReply
        {
            Version = SwarmProtocol.Version,
            HostId = HostId.Parse("new-host"),
            Certificate = "PEM",
            Trust = Trust,
            MasterPort = SwarmProtocol.MasterPort,
        });

    Task<T> Keep<T>(HostId peer, object what, T answer)
    {
        Received.Enqueue((peer, what));
        return Task.FromResult(answer);
    }
}
