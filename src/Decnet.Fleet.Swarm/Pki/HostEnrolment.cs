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
    /// <exception cref="PkiException">The answer does not fit; nothing was stored that would be used.</exception>
    internal static async Task StoreAsync(
        PkiFolder folder, string authority, EnrolmentReply reply, TimeProvider clock, CancellationToken cancellationToken, bool replace = false)
    {
        await using var held = (await folder.LockAsync("enrolling", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        RefuseSecond(folder, replace);
        var certificate = TrustFiles.ReadAuthority(reply.Trust);
        var found = CertificateFingerprint.Of(certificate);
        if (found != authority)
        {
            throw new PkiException($"The authority of the answer is {CertificateFingerprint.Text(found)}, and {CertificateFingerprint.Text(authority)} was expected. This host was not enrolled.");
        }

        TrustFiles.Check(reply.Trust, certificate);
        folder.Write(PkiFolder.Authority, certificate.ExportCertificatePem() + "\n");
        TrustFiles.Write(folder, reply.Trust);

        // Last, since it makes the host one that is enrolled.
        StoreCertificate(folder, certificate, LeafRole.OfHost(reply.HostId), reply.Certificate);
    }

    internal static void StoreCertificate(PkiFolder folder, X509Certificate2 authority, LeafRole role, string pem)
    {
        var files = new KeyPairFiles(folder, KeyPairFiles.Host);
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

        files.WriteNext(certificate);
        files.Switch();
    }

    static void RefuseSecond(PkiFolder folder, bool replace)
    {
        if (!replace && HostPki.IsEnrolled(folder))
        {
            throw new PkiException($"This host is enrolled already: '{folder.Path}'. To enrol it anew, move that folder aside first.") { Path = folder.Path };
        }
    }
}
