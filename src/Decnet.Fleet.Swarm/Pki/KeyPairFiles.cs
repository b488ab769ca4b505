namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;

/// <summary>
/// A certificate and its key, <c>NAME.crt</c> and <c>NAME.key</c>, and those that shall follow, <c>next-NAME.crt</c> and
/// <c>next-NAME.key</c>. Two files cannot be replaced at once: the key goes first, and who finds a key that fits the next
/// certificate takes that one.
/// </summary>
internal sealed class KeyPairFiles(PkiFolder folder, string name)
{
    internal const string Host = "host";
    internal const string Master = "master";

    internal string Certificate => $"{name}.crt";

    internal string Key => $"{name}.key";

    internal string NextCertificate => $"next-{name}.crt";

    internal string NextKey => $"next-{name}.key";

    internal bool Exists => folder.Has(Key) && (folder.Has(Certificate) || folder.Has(NextCertificate));

    internal IEnumerable<string> Paths => [folder.In(Certificate), folder.In(Key), folder.In(NextCertificate)];

    /// <exception cref="PkiException">A file is not there, or files do not belong together.</exception>
    internal HostIdentity Load(X509Certificate2 authority, string fix)
    {
        using var key = folder.ReadKey(Key, fix);
        foreach (var file in new[] { Certificate, NextCertificate }.Where(folder.Has))
        {
            var certificate = folder.ReadCertificate(file, fix);
            if (key.IsOf(certificate))
            {
                return PeerPolicy.IsSignedBy(authority, certificate)
                    ? HostIdentity.Of(certificate, key, authority)
                    : throw folder.Bad(file, $"is not signed by the authority in '{PkiFolder.Authority}'", fix);
            }
        }

        throw folder.Bad(Certificate, folder.Has(Certificate) ? $"does not belong to the key in '{Key}'" : "is not there", fix);
    }

    /// <summary>The certificate that shall follow; null when there is none, or it has followed already.</summary>
    internal X509Certificate2? LoadNext(string fix)
    {
        if (!folder.Has(NextKey) || !folder.Has(NextCertificate))
        {
            return null;
        }

        using var key = folder.ReadKey(NextKey, fix);
        var certificate = folder.ReadCertificate(NextCertificate, fix);
        return key.IsOf(certificate) ? certificate : null;
    }

    /// <summary>The next key: the one that was made before, so that a request can be repeated, or a new one.</summary>
    internal PrivateKey NextKeyOrNew(KeyAlgorithm algorithm, string fix)
    {
        if (folder.Has(NextKey))
        {
            return folder.ReadKey(NextKey, fix);
        }

        var key = PrivateKey.New(algorithm);
        folder.WriteSecret(NextKey, key.ToPem());
        return key;
    }

    internal void WriteNext(X509Certificate2 certificate) => folder.Write(NextCertificate, certificate.ExportCertificatePem() + "\n");

    /// <summary>Makes the next pair the present one. It may be called again after a crash.</summary>
    internal void Switch()
    {
        if (folder.Has(NextKey))
        {
            folder.Rename(NextKey, Key);
        }

        if (folder.Has(NextCertificate))
        {
            folder.Rename(NextCertificate, Certificate);
        }
    }

    /// <summary>Ends a switch that a crash has interrupted.</summary>
    internal void Recover()
    {
        if (folder.Has(NextCertificate) && !folder.Has(NextKey))
        {
            folder.Rename(NextCertificate, Certificate);
        }
    }
}
