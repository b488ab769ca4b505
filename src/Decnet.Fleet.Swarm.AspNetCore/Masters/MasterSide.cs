namespace Decnet.Fleet.Swarm.AspNetCore.Masters;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;

/// <summary>The master itself.</summary>
internal sealed class MasterSide(MasterPki pki, IStateStore store, HostLedger ledger, EnrolmentDesk desk) : IMasterSide, IEnrolmentSide
{
    public TrustBundle Trust => pki.Current.Bundle;

    public Task<FleetHost?> FindHostAsync(HostId host, CancellationToken cancellationToken) => store.FindHostAsync(host, cancellationToken);

    public Task AdoptAsync(FleetHost host, CancellationToken cancellationToken) => desk.ConfirmAsync(host.HostId, host.NextFingerprint!, cancellationToken);

    public Task ReceiveAsync(HostId peer, HostReport report, CancellationToken cancellationToken) => ledger.ReceiveAsync(peer, report, cancellationToken);

    public Task FarewellAsync(HostId peer, HostFarewell farewell, CancellationToken cancellationToken) => ledger.FarewellAsync(peer, farewell, cancellationToken);

    public Task<RenewalReply> RenewAsync(HostId peer, RenewalRequest request, CancellationToken cancellationToken) => desk.RenewAsync(peer, request, cancellationToken);

    public Task<bool> IsOpenAsync(CancellationToken cancellationToken) => desk.IsOpenAsync(cancellationToken);

    public Task<EnrolmentReply> EnrollAsync(EnrolmentRequest request, IPAddress remote, CancellationToken cancellationToken) =>
        desk.EnrollAsync(request, remote, cancellationToken);
}
