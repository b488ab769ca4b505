namespace Decnet.Fleet.Swarm.Masters;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Lets hosts join the fleet by invitations that work once and expire, and gives those that have joined new certificates. All members may
/// be called from several threads, and several desks may work on one store.
/// </summary>
public sealed class EnrolmentDesk
{
    /// <summary>How long signing may take, when nobody waits with a token.</summary>
    static readonly TimeSpan ByHand = TimeSpan.FromMinutes(5);

    readonly IStateStore store;
    readonly IHostCertificates certificates;
    readonly EnrolmentOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly GuessGuard guard;

    /// <summary>Puts it together.</summary>
    /// <param name="store">The invitations and hosts.</param>
    /// <param name="certificates">What signs certificates.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public EnrolmentDesk(
        IStateStore store, IHostCertificates certificates, EnrolmentOptions? options = null, TimeProvider? clock = null, ILogger<EnrolmentDesk>? logger = null)
    {
        this.options = options ?? new EnrolmentOptions();
        this.options.Validate();
        this.store = store;
        this.certificates = certificates;
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<EnrolmentDesk>.Instance;
        guard = new GuessGuard(this.options, this.clock);
    }

    /// <summary>Invites a host. An earlier invitation of the same name is void then.</summary>
    /// <param name="name">The name that it gets, by the rule of <see cref="DeckyName"/>.</param>
    /// <param name="lifetime">How long the invitation is good: more than zero, at most <see cref="EnrolmentOptions.MaxLifetime"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The invitation. Its token cannot be told again.</returns>
    /// <exception cref="FleetValidationException">The name does not fit or is taken, or the lifetime is out of range; the error has every reason.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<EnrolmentInvitation> OpenAsync(string name, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        var issues = EnrolmentCheck.Name(name, await store.ListHostsAsync(cancellationToken).ConfigureAwait(false), options.HostId);
        if (lifetime <= TimeSpan.Zero || lifetime > EnrolmentOptions.MaxLifetime)
        {
            issues.Add(FleetIssue.Error("invalid-lifetime", $"An invitation cannot be good for {lifetime}.", $"choose more than zero and at most {EnrolmentOptions.MaxLifetime.TotalDays} days", "expires"));
        }

        ReportCheck.ThrowIfAny("The invitation", issues);
        var now = clock.GetUtcNow();
        var token = EnrolmentToken.New();
        var enrolment = new Enrolment { TokenHash = EnrolmentToken.Hash(token), Name = name, CreatedAt = now, ExpiresAt = now + lifetime };
        await store.CommitAsync([new StateChange.PutEnrolment(enrolment)], now, cancellationToken).ConfigureAwait(false);
        return new EnrolmentInvitation(name, token, enrolment.ExpiresAt);
    }

    /// <summary>Tells whether any invitation is good now. While none is, there is no need to listen for hosts that want to join.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when one is.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return (await store.ListEnrolmentsAsync(cancellationToken).ConfigureAwait(false)).Any(enrolment => enrolment.ExpiresAt > now);
    }

    /// <summary>Lets a host join.</summary>
    /// <param name="request">What it has sent.</param>
    /// <param name="remote">The address that it was sent from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its certificate, and whom it trusts.</returns>
    /// <exception cref="FleetValidationException">The request does not fit; the error has every reason. The invitation is still good.</exception>
    /// <exception cref="EnrolmentRefusedException">The token is not good, or too many wrong ones were shown.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<EnrolmentReply> EnrollAsync(EnrolmentRequest request, IPAddress remote, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(remote);
        remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (guard.RefusedFor(remote) is { } wait)
        {
            throw Refuse(remote, "too many wrong tokens were shown. Wait, and try again with the right one.", wait);
        }

        var now = clock.GetUtcNow();
        var enrolments = await store.ListEnrolmentsAsync(cancellationToken).ConfigureAwait(false);
        if (enrolments.FirstOrDefault(enrolment => enrolment.ExpiresAt > now && EnrolmentToken.Matches(request.Token, enrolment.TokenHash)) is not { } invitation)
        {
            guard.Count(remote);
            throw Refuse(remote, "its token is not good: it was used, has expired, or was never given. Make a new one on the master: decnetd host enroll NAME.");
        }

        // Only who may join is told what is wrong with the rest.
        EnrolmentCheck.Check(request);
        string[] addresses = [.. request.Addresses.Append(remote.ToString()).Distinct(StringComparer.Ordinal)];
        var reply = await AdmitAsync(invitation, isOpen: true, request.CertificateRequest, addresses, request.AgentPort, cancellationToken).ConfigureAwait(false)
            ?? throw Refuse(remote, "somebody else has used its token at the same time.");
        MastersLog.Enrolled(logger, invitation.Name, remote.ToString());
        return reply;
    }

    /// <summary>Lets a host join whose request was carried here by hand, and whose answer is carried back. An open invitation of the same name is void then.</summary>
    /// <param name="name">The name that it gets, by the rule of <see cref="DeckyName"/>.</param>
    /// <param name="certificateRequest">Its request (PKCS #10, PEM).</param>
    /// <param name="addresses">Host names and addresses under which the master reaches it, in order of preference; at least one.</param>
    /// <param name="agentPort">The port of its agent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the host gets: its certificate, and whom it trusts. Nothing in it is secret.</returns>
    /// <exception cref="ArgumentException">There is no address.</exception>
    /// <exception cref="FleetValidationException">The name does not fit or is taken, or the rest does not fit; the error has every reason. Nobody was enrolled.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<EnrolmentReply> RegisterAsync(
        string name, string certificateRequest, IReadOnlyList<string> addresses, int agentPort = SwarmProtocol.AgentPort, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificateRequest);
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentOutOfRangeException.ThrowIfZero(addresses.Count);
        var now = clock.GetUtcNow();
        EnrolmentCheck.Check(new EnrolmentRequest { Version = SwarmProtocol.Version, Token = "", CertificateRequest = certificateRequest, Addresses = [.. addresses], AgentPort = agentPort });
        var invitation = new Enrolment { TokenHash = EnrolmentToken.Hash(EnrolmentToken.New()), Name = name, CreatedAt = now, ExpiresAt = now + ByHand };
        var reply = await AdmitAsync(invitation, isOpen: false, certificateRequest, addresses, agentPort, cancellationToken).ConfigureAwait(false)
            ?? throw new EnrolmentRefusedException($"The host was not enrolled: somebody else has enrolled '{name}' at the same time.");
        MastersLog.Enrolled(logger, name, "by hand");
        return reply;
    }

    /// <summary>Gives a host a certificate for a new key. The present one is good until the new one is first used (<see cref="ConfirmAsync"/>).</summary>
    /// <param name="peer">The host that the certificate of the connection names.</param>
    /// <param name="request">What it has sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="FleetValidationException">The request does not fit; the error has every reason.</exception>
    /// <exception cref="UnknownHostException">The fleet has no such host.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<RenewalReply> RenewAsync(HostId peer, RenewalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        EnrolmentCheck.Check(request);
        var host = await store.FindHostAsync(peer, cancellationToken).ConfigureAwait(false) ?? throw UnknownHostException.Reporting(peer);
        var issued = await certificates.IssueAsync(request.CertificateRequest, peer, host.Address is { } address ? [address] : [], cancellationToken).ConfigureAwait(false);
        var change = new StateChange.PinHost(peer, host.Fingerprint, issued.Fingerprint) { Events = [HostEvent.Draft(host, "renewing")] };
        var commit = await store.CommitAsync([change], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return commit.Applied[0] ? new RenewalReply(SwarmProtocol.Version, issued.Certificate) : throw UnknownHostException.Reporting(peer);
    }

    /// <summary>Tells that a host has shown a certificate: with the first use of a new one, the old one is good no more. Any other is no news.</summary>
    /// <param name="peer">The host.</param>
    /// <param name="fingerprint">The fingerprint of the certificate of the connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when it was the first use.</returns>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<bool> ConfirmAsync(HostId peer, string fingerprint, CancellationToken cancellationToken = default)
    {
        var host = await store.FindHostAsync(peer, cancellationToken).ConfigureAwait(false);
        if (host?.NextFingerprint is null || host.NextFingerprint != fingerprint)
        {
            return false;
        }

        var change = new StateChange.PinHost(peer, fingerprint, null) { Events = [HostEvent.Draft(host, "renewed")] };
        return (await store.CommitAsync([change], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false)).Applied[0];
    }

    /// <summary>Certifies a host and adds it; null when the invitation was used by somebody else meanwhile.</summary>
    async Task<EnrolmentReply?> AdmitAsync(
        Enrolment invitation, bool isOpen, string certificateRequest, IReadOnlyList<string> addresses, int agentPort, CancellationToken cancellationToken)
    {
        var hosts = await store.ListHostsAsync(cancellationToken).ConfigureAwait(false);
        ReportCheck.ThrowIfAny("The enrolment", EnrolmentCheck.Name(invitation.Name, hosts, options.HostId));
        var hostId = HostId.Parse(invitation.Name);
        var issued = await certificates.IssueAsync(certificateRequest, hostId, addresses, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var host = new FleetHost
        {
            HostId = hostId,
            Name = invitation.Name,
            Address = addresses[0],
            AgentPort = agentPort,
            Fingerprint = issued.Fingerprint,
            EnrolledAt = now,
        };
        var take = new StateChange.TakeEnrolment(invitation.TokenHash, host) { Events = [HostEvent.Draft(host, "enrolled")] };
        var commit = await store.CommitAsync(isOpen ? [take] : [new StateChange.PutEnrolment(invitation), take], now, cancellationToken).ConfigureAwait(false);

        // A certificate that no host is known by is good for nothing.
        return commit.Applied[^1]
            ? new EnrolmentReply
            {
                Version = SwarmProtocol.Version,
                HostId = hostId,
                Certificate = issued.Certificate,
                Trust = certificates.Trust,
                MasterPort = options.MasterPort,
            }
            : null;
    }

    EnrolmentRefusedException Refuse(IPAddress remote, string reason, TimeSpan? retryAfter = null)
    {
        MastersLog.EnrolmentRefused(logger, remote.ToString(), reason);
        return new EnrolmentRefusedException($"The host was not enrolled: {reason}") { RetryAfter = retryAfter };
    }
}
