namespace Decnet.SwarmTimings.Https;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Writes the folders of enrolled hosts. Enrolling a thousand hosts one by one, each step durable, would take longer than what is measured.</summary>
internal sealed class HostCertificates : IDisposable
{
    readonly CertificateAuthority authority;
    readonly PkiFolder master;
    readonly PkiFolder first;
    readonly string folder;

    /// <param name="master">The folder <c>pki</c> of the master.</param>
    /// <param name="trust">What the hosts trust.</param>
    /// <param name="folder">Where the folders are made.</param>
    internal HostCertificates(PkiFolder master, MasterTrust trust, string folder)
    {
        this.master = master;
        this.folder = folder;
        authority = new CertificateAuthority(master.ReadCertificate(PkiFolder.Authority, ""), master.ReadKey(PkiFolder.AuthorityKey, ""));
        first = new PkiFolder(Path.Combine(folder, "first"));
        first.Create();
        TrustFiles.Write(first, trust.Bundle);
    }

    internal static PkiFolder FolderOf(string folder, HostId host) => new(Path.Combine(folder, host.Value));

    /// <summary>Makes a host's key and certificate.</summary>
    /// <returns>The fingerprint of the certificate.</returns>
    internal string Issue(HostId host)
    {
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        using var certificate = authority.Issue(key.Public, new LeafOptions { Role = LeafRole.OfHost(host), Names = ["127.0.0.1"] }, TimeProvider.System.GetUtcNow());
        var place = FolderOf(folder, host);
        Directory.CreateDirectory(place.Path);
        File.Copy(first.In(PkiFolder.Trust), place.In(PkiFolder.Trust));
        File.Copy(master.In(PkiFolder.Authority), place.In(PkiFolder.Authority));
        File.WriteAllText(place.In("host.crt"), certificate.ExportCertificatePem());
        WriteSecret(place.In("host.key"), key.ToPem());
        return CertificateFingerprint.Of(certificate);
    }

    public void Dispose() => authority.Dispose();

    static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
