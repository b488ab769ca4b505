namespace Decnet.Fleet.Swarm.Pki;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// The folder <c>pki</c> of a host that is enrolled: <c>ca.crt</c>, <c>host.crt</c>, <c>host.key</c> and <c>trust.json</c>. It is
/// followed while the process runs, whoever changes it.
/// </summary>
internal sealed class HostPki
{
    readonly PkiFolder folder;
    readonly KeyPairFiles files;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly Reloading<HostTrust> trust;
    long ageSaidAt;

    HostPki(PkiFolder folder, TimeProvider clock, ILogger logger)
    {
        this.folder = folder;
        this.clock = clock;
        this.logger = logger;
        files = new KeyPairFiles(folder, KeyPairFiles.Host);
        trust = new Reloading<HostTrust>(
            [.. files.Paths, folder.In(PkiFolder.Authority), folder.In(PkiFolder.Trust)],
            () => HostTrust.Load(folder, clock),
            error => logger.ChangeNotTaken(folder.Path, error.Message),
            clock);
    }

    /// <summary>What the host knows now. Ask anew for each connection and request.</summary>
    internal HostTrust Current => trust.Current;

    internal HostId Host => Current.Identity.Role.Host!.Value;

    /// <exception cref="PkiException">The host is not enrolled, or a file is wrong.</exception>
    internal static HostPki Open(PkiFolder folder, TimeProvider clock, ILogger? logger = null) => new(folder, clock, logger ?? NullLogger.Instance);

    /// <summary>Whether a folder belongs to a host that is enrolled.</summary>
    internal static bool IsEnrolled(PkiFolder folder) => folder.Has(PkiFolder.Trust) && new KeyPairFiles(folder, KeyPairFiles.Host).Exists;

    /// <summary>Takes a bundle that the master has sent.</summary>
    /// <returns>False when it is held already, or a newer one is.</returns>
    /// <exception cref="PkiException">It is not to be believed.</exception>
    internal async Task<bool> AcceptTrustAsync(TrustBundle bundle, CancellationToken cancellationToken)
    {
        await using var held = (await folder.LockAsync("taking a trust bundle", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var present = trust.Look();
        var list = TrustFiles.Check(bundle, present.Authority);
        list.MustFollow(present.Revocations);
        if (bundle.Version == present.Bundle.Version && bundle.MasterFingerprints.Equals(present.Bundle.MasterFingerprints))
        {
            return false;
        }

        TrustFiles.Write(folder, bundle);
        trust.Reload();
        logger.TrustTaken(bundle.Version, bundle.MasterFingerprints.Count, list.Revoked.Count);
        return true;
    }

    /// <summary>The request for the next certificate, when two thirds of the present one's time are over; else null. Each call gives one for the same key.</summary>
    internal async Task<string?> RequestRenewalAsync(CancellationToken cancellationToken)
    {
        if (!RenewalRule.IsDue(Current.Identity.Certificate, clock.GetUtcNow()))
        {
            return null;
        }

        await using var held = (await folder.LockAsync("renewing the certificate", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        files.Recover();
        using var key = files.NextKeyOrNew(KeyAlgorithm.EcdsaP256, "Remove the file; another key is made.");
        return SigningRequests.Create(key);
    }

    /// <summary>Takes the certificate that the master has made for the request, and uses it from now on.</summary>
    /// <exception cref="PkiException">It is not for this host and that key, or not of the fleet's authority.</exception>
    internal async Task AcceptCertificateAsync(string pem, CancellationToken cancellationToken)
    {
        await using var held = (await folder.LockAsync("renewing the certificate", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        files.Recover();
        var present = trust.Look();
        HostEnrolment.StoreCertificate(folder, present.Authority, present.Identity.Role, pem);
        logger.CertificateReplaced(trust.Reload().Identity.Fingerprint, present.Identity.Role);
    }

    /// <summary>Says, once a day, when the revocation list is overdue, which means that the master was not heard of for long.</summary>
    internal void ReportAge()
    {
        var (list, now) = (Current.Revocations, clock.GetUtcNow());
        if (list.OverdueAt(now) is { } age && now.UtcTicks - Interlocked.Read(ref ageSaidAt) >= TimeSpan.TicksPerDay)
        {
            Interlocked.Exchange(ref ageSaidAt, now.UtcTicks);
            logger.RevocationListOverdue(list.Number, age);
        }
    }
}
