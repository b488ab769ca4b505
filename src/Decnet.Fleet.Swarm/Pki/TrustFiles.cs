namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What a host keeps of the newest <see cref="TrustBundle"/>, and what one must be like to be kept.</summary>
internal static class TrustFiles
{
    internal const string Fix = "Enrol this host again, or restore the file from a backup of this host.";

    /// <summary>The present certificate of a master, the next, and some room.</summary>
    const int MaxMasters = 8;

    internal static TrustBundle Read(PkiFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(folder.Read(PkiFolder.Trust, Fix), SwarmJsonContext.Default.TrustBundle)
                ?? throw folder.Bad(PkiFolder.Trust, "is empty", Fix);
        }
        catch (JsonException error)
        {
            throw folder.Bad(PkiFolder.Trust, $"cannot be read: {error.Message}", Fix, error);
        }
    }

    internal static void Write(PkiFolder folder, TrustBundle bundle) =>
        folder.Write(PkiFolder.Trust, JsonSerializer.Serialize(bundle, SwarmJsonContext.Default.TrustBundle) + "\n");

    /// <summary>Checks everything of a bundle against the authority that the host knows, and returns its revocation list.</summary>
    /// <exception cref="PkiException">It is not to be believed.</exception>
    internal static RevocationList Check(TrustBundle bundle, X509Certificate2 authority)
    {
        if (!ReadAuthority(bundle).RawDataMemory.Span.SequenceEqual(authority.RawDataMemory.Span))
        {
            throw new PkiException("The trust bundle is of another authority than the one that this host was enrolled by.");
        }

        if (bundle.MasterFingerprints.Count is 0 or > MaxMasters || !bundle.MasterFingerprints.All(CertificateFingerprint.IsFingerprint))
        {
            throw new PkiException("The trust bundle does not name the certificates of a master by their SHA-256.");
        }

        var list = RevocationList.ReadPem(bundle.RevocationList, authority);
        return list.Number == bundle.Version
            ? list
            : throw new PkiException($"The trust bundle has version {bundle.Version}, and its revocation list the number {list.Number}; they must be the same.");
    }

    /// <exception cref="PkiException">There is no certificate of an authority in it.</exception>
    internal static X509Certificate2 ReadAuthority(TrustBundle bundle)
    {
        try
        {
            var authority = X509Certificate2.CreateFromPem(bundle.Authority);
            CertificateAuthority.Check(authority);
            return authority;
        }
        catch (CryptographicException error)
        {
            throw new PkiException($"The trust bundle holds no authority: {error.Message}", error);
        }
    }
}
