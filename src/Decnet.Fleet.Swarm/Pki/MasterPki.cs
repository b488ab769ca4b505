namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// The folder <c>pki</c> of a master: <c>ca.crt</c>, <c>ca.key</c>, <c>ca.crl</c>, <c>master.crt</c>, <c>master.key</c>, those of
/// the next master certificate, and <c>issued/</c>. Several processes may use it at once; each follows what the others change.
/// </summary>
internal sealed class MasterPki
{
    readonly MasterFiles files;
    readonly ILogger logger;
    readonly Reloading<MasterTrust> trust;

    MasterPki(MasterFiles files, ILogger logger)
    {
        this.files = files;
        this.logger = logger;
        trust = new Reloading<MasterTrust>(
            files.Watched,
            () => MasterTrust.Load(files.Folder, files.Clock),
            error => logger.ChangeNotTaken(files.Folder.Path, error.Message),
            files.Clock);
    }

    /// <summary>What the master knows now. Ask anew for each connection and request.</summary>
    internal MasterTrust Current => trust.Current;

    /// <summary>Opens the folder; makes authority, master certificate and an empty revocation list when they are not there yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">Addresses and host names of the master, for its certificate when it is made.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">How the authority is made; null for the defaults.</param>
    /// <param name="logger">Where changes are logged; null for nowhere.</param>
    /// <param name="cancellationToken">Ends the wait for the folder.</param>
    /// <exception cref="PkiException">A file is missing or wrong, or the folder cannot be written.</exception>
    internal static async Task<MasterPki> OpenAsync(
        PkiFolder folder, ValueList<string> names, TimeProvider clock, AuthorityOptions? options = null, ILogger? logger = null,
        CancellationToken cancellationToken = default)
    {
        var files = new MasterFiles(folder, clock, options ?? new AuthorityOptions());
        await files.EnsureAsync(names, cancellationToken).ConfigureAwait(false);
        return new MasterPki(files, logger ?? NullLogger.Instance);
    }

    /// <summary>Opens a folder that has everything.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Where changes are logged; null for nowhere.</param>
    /// <exception cref="PkiException">A file is missing or wrong.</exception>
    internal static MasterPki Open(PkiFolder folder, TimeProvider clock, ILogger? logger = null) =>
        new(new MasterFiles(folder, clock, new AuthorityOptions()), logger ?? NullLogger.Instance);

    /// <summary>Signs a certificate for a host. Whoever stores the host must store its fingerprint too; without that it is good for nothing.</summary>
    /// <param name="request">The host's request (PKCS #10, PEM).</param>
    /// <param name="host">The host.</param>
    /// <param name="names">The addresses and host names under which it is reached.</param>
    /// <param name="cancellationToken">Ends the wait for the folder.</param>
    /// <exception cref="FleetValidationException">The request or a name is not valid.</exception>
    /// <exception cref="PkiException">The folder cannot be used, or the authority has expired.</exception>
    internal async Task<X509Certificate2> IssueAsync(string? request, HostId host, ValueList<string> names, CancellationToken cancellationToken)
    {
        var key = SigningRequests.Read(request);
        return await files.ChangeAsync("issuing a certificate", authority =>
        {
            var certificate = authority.Issue(key, files.Leaf(LeafRole.OfHost(host), names), files.Clock.GetUtcNow());
            files.Issued.Add(certificate);
            return certificate;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Revokes every certificate that a host was given.</summary>
    /// <returns>The new trust version.</returns>
    internal async Task<long> RevokeAsync(HostId host, CancellationToken cancellationToken)
    {
        var list = await files.ChangeAsync(
            "revoking certificates",
            authority => files.WriteRevocations(authority, files.Issued.Of(host, files.Clock.GetUtcNow())),
            cancellationToken).ConfigureAwait(false);
        logger.RevocationListMade(list.Number, list.Revoked.Count);
        trust.Reload();
        return list.Number;
    }

    /// <summary>Does what is due: a new revocation list, and the next step towards the next master certificate. It may be called as often as one likes.</summary>
    /// <param name="hosts">What is known of the hosts.</param>
    /// <param name="cancellationToken">Ends the wait for the folder.</param>
    /// <returns>The steps that were done.</returns>
    internal async Task<IReadOnlyList<MasterRotationStep>> MaintainAsync(MasterRotationView hosts, CancellationToken cancellationToken)
    {
        var done = new List<MasterRotationStep>();
        while (files.NextStep(trust.Look(), hosts) is not MasterRotationStep.None and var step && done.Count < Enum.GetValues<MasterRotationStep>().Length)
        {
            // Decided anew under the lock: another process may have been faster.
            var did = await files.ChangeAsync("renewing the master's certificate", authority =>
            {
                var now = MasterTrust.Load(files.Folder, files.Clock);
                var next = files.NextStep(now, hosts);
                files.Do(next, authority, now);
                return next;
            }, cancellationToken).ConfigureAwait(false);
            Log(did, trust.Reload());
            done.Add(step);
        }

        return done;
    }

    void Log(MasterRotationStep step, MasterTrust now)
    {
        switch (step)
        {
            case MasterRotationStep.Announce:
                logger.NextMasterAnnounced(now.Bundle.MasterFingerprints[^1], now.Bundle.Version);
                break;
            case MasterRotationStep.Switch:
                logger.CertificateReplaced(now.Identity.Fingerprint, LeafRole.Master);
                break;
            case MasterRotationStep.Refresh or MasterRotationStep.Finish:
                logger.RevocationListMade(now.Revocations.Number, now.Revocations.Revoked.Count);
                break;
        }
    }
}
