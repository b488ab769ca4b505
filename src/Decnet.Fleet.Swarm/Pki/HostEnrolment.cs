namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The files of a host that is being enrolled. Its key is made here and never leaves the folder.</summary>
internal static class HostEnrolment
{
    const string Fix = "Remove the file and enrol this host again.";

    /// <summary>Makes the key, unless an attempt before has, and a request for a certificate.</summary>
    /// <exception cref="PkiException">The host is enrolled already, or the folder cannot be written.</exception>
    internal static async Task<string> PrepareAsync(PkiFolder folder, KeyAlgorithm algorithm, TimeProvider clock, CancellationToken cancellationToken, bool replace = false)
    {
        await using var held = (await folder.LockAsync("enrolling", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        RefuseSecond(folder, replace);
        var files = new KeyPairFiles(folder, KeyPairFiles.Host);
        files.Recover();
        using var key = files.NextKeyOrNew(algorithm, Fix);
        return SigningRequests.Create(key);
    }

    /// <summary>Stores what the master has answered, after checking all of it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="authority">The fingerprint of the authority that the operator gave.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends the wait for the folder.</param>
    /// <param name="replace">Whether an enrolment that is there is replaced.</param>
    /// <param name="accepted">Called when the answer fits, before anything of it is stored; null for nobody.</param>
    /// <exception cref="PkiException">The answer does not fit; nothing was stored, and an enrolment that was there is as it was.</exception>
    internal static async Task StoreAsync(
        PkiFolder folder,
        string authority,
        EnrolmentReply reply,
        TimeProvider clock,
        CancellationToken cancellationToken,
        bool replace = false,
        Action? accepted = null)
    {
        await using var held = (await folder.LockAsync("enrolling", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        RefuseSecond(folder, replace);
        var ca = TrustFiles.ReadAuthority(reply.Trust);
        var found = CertificateFingerprint.Of(ca);
        if (found != authority)
        {
            throw new PkiException($"The authority of the answer is {CertificateFingerprint.Text(found)}, and {CertificateFingerprint.Text(authority)} was expected. This host was not enrolled. See that the fingerprint is as the master has shown it, and the reply the one that it has written.");
        }

        TrustFiles.Check(reply.Trust, ca);
        var certificate = CheckCertificate(folder, ca, LeafRole.OfHost(reply.HostId), reply.Certificate);
        accepted?.Invoke();
        folder.Write(PkiFolder.Authority, ca.ExportCertificatePem() + "\n");
        TrustFiles.Write(folder, reply.Trust);

        // Last, since it makes the host one that is enrolled.
        Use(folder, certificate);
    }

    internal static void StoreCertificate(PkiFolder folder, X509Certificate2 authority, LeafRole role, string pem) =>
        Use(folder, CheckCertificate(folder, authority, role, pem));

    static void Use(PkiFolder folder, X509Certificate2 certificate)
    {
        var files = new KeyPairFiles(folder, KeyPairFiles.Host);
        files.WriteNext(certificate);
        files.Switch();
    }

    static X509Certificate2 CheckCertificate(PkiFolder folder, X509Certificate2 authority, LeafRole role, string pem)
    {
        var files = new KeyPairFiles(folder, KeyPairFiles.Host);
        if (!folder.Has(files.NextKey))
        {
            throw new PkiException(
                $"'{folder.Path}' has no key that an answer would be for: none was asked for here, or the answer was taken already. Make a request: decnetd agent enroll --request FILE.")
            {
                Path = folder.Path,
            };
        }

        using var key = folder.ReadKey(files.NextKey, Fix);
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new PkiException($"The answer of the master holds no certificate: {error.Message}", error);
        }

        if (!key.IsOf(certificate))
        {
            throw new PkiException("The certificate in the answer of the master is for another key than the one that was sent. It was not taken.");
        }

        if (!PeerPolicy.IsSignedBy(authority, certificate) || !LeafRole.TryRead(certificate, out var found) || found != role)
        {
            throw new PkiException($"The certificate in the answer of the master is not one of the fleet's authority for {role}. It was not taken.");
        }

        return certificate;
    }

    static void RefuseSecond(PkiFolder folder, bool replace)
    {
        if (!replace && HostPki.IsEnrolled(folder))
        {
            throw new PkiException($"This host is enrolled already: '{folder.Path}'. To replace that, enrol it with --force.") { Path = folder.Path };
        }
    }
}
