namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Changes the files of a master, one process at a time, so that a crash between any two writes is made good by the next.</summary>
internal sealed class MasterFiles(PkiFolder folder, TimeProvider clock, AuthorityOptions options)
{
    readonly KeyPairFiles master = new(folder, KeyPairFiles.Master);

    internal PkiFolder Folder => folder;

    internal TimeProvider Clock => clock;

    internal IssuedCertificates Issued { get; } = new(folder);

    internal IEnumerable<string> Watched => [.. master.Paths, folder.In(PkiFolder.Authority), folder.In(PkiFolder.Revocations)];

    internal LeafOptions Leaf(LeafRole role, ValueList<string> names) => new() { Role = role, Names = names, Lifetime = options.LeafLifetime };

    /// <summary>Makes what is not there. The authority's certificate is written after its key and its first revocation list: once it is there, all three are.</summary>
    internal async Task EnsureAsync(ValueList<string> names, CancellationToken cancellationToken)
    {
        if (folder.Has(PkiFolder.Authority) && master.Exists)
        {
            return;
        }

        await using var held = (await folder.LockAsync("making the fleet's authority", clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        await DurableFiles.Instance.RunAsync(() =>
        {
            EnsureAuthority();
            EnsureMaster(names);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Does something with the authority while nobody else changes the folder.</summary>
    internal async Task<T> ChangeAsync<T>(string purpose, Func<CertificateAuthority, T> change, CancellationToken cancellationToken)
    {
        await using var held = (await folder.LockAsync(purpose, clock, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return await DurableFiles.Instance.RunAsync(() =>
        {
            master.Recover();
            using var authority = LoadAuthority();
            return change(authority);
        }).ConfigureAwait(false);
    }

    /// <summary>Signs and writes the next revocation list, and with it a new trust version.</summary>
    internal RevocationList WriteRevocations(CertificateAuthority authority, IEnumerable<X509Certificate2> revoked)
    {
        var present = MasterTrust.ReadRevocations(folder, authority.Certificate);
        var list = authority.Revoke(present, revoked, options.RevocationListLifetime, clock.GetUtcNow());
        folder.Write(PkiFolder.Revocations, list.ToPem());
        return list;
    }

    internal MasterRotationStep NextStep(MasterTrust now, MasterRotationView hosts) => new MasterRotation
    {
        Current = now.Identity.Certificate,
        Next = master.LoadNext(MasterTrust.Fix),
        Announced = ReadAnnouncement(),
        Revocations = now.Revocations,
    }.NextStep(hosts, clock.GetUtcNow());

    internal void Do(MasterRotationStep step, CertificateAuthority authority, MasterTrust now)
    {
        switch (step)
        {
            case MasterRotationStep.Refresh:
                Issued.Prune(clock.GetUtcNow());
                WriteRevocations(authority, []);
                break;
            case MasterRotationStep.Prepare:
                WriteNext(authority, LeafExtensions.NamesOf(now.Identity.Certificate));
                break;
            case MasterRotationStep.Announce:
                var next = CertificateFingerprint.Of(master.LoadNext(MasterTrust.Fix)!);
                var version = WriteRevocations(authority, []).Number;
                folder.Write(
                    PkiFolder.Announcement,
                    JsonSerializer.Serialize(new NextMasterAnnouncement(next, version, clock.GetUtcNow()), PkiJsonContext.Default.NextMasterAnnouncement) + "\n");
                break;
            case MasterRotationStep.Switch:
                master.Switch();
                break;
            case MasterRotationStep.Finish:
                WriteRevocations(authority, []);
                folder.Delete(PkiFolder.Announcement);
                break;
        }
    }

    void EnsureAuthority()
    {
        if (folder.Has(PkiFolder.Authority))
        {
            return;
        }

        using var key = folder.Has(PkiFolder.AuthorityKey) ? folder.ReadKey(PkiFolder.AuthorityKey, "Remove the file; another key is made.") : PrivateKey.New(options.Key);
        folder.WriteSecret(PkiFolder.AuthorityKey, key.ToPem());
        using var certificate = CertificateAuthority.SelfSign(key, options.Lifetime, clock.GetUtcNow());
        using var authority = new CertificateAuthority(certificate, key);
        folder.Write(PkiFolder.Revocations, authority.Revoke(null, [], options.RevocationListLifetime, clock.GetUtcNow()).ToPem());
        folder.Write(PkiFolder.Authority, certificate.ExportCertificatePem() + "\n");
    }

    void EnsureMaster(ValueList<string> names)
    {
        master.Recover();
        if (!master.Exists)
        {
            using var authority = LoadAuthority();
            WriteNext(authority, names);
            master.Switch();
        }
    }

    void WriteNext(CertificateAuthority authority, ValueList<string> names)
    {
        using var key = master.NextKeyOrNew(options.Key, MasterTrust.Fix);
        master.WriteNext(authority.Issue(key.Public, Leaf(LeafRole.Master, names), clock.GetUtcNow()));
    }

    CertificateAuthority LoadAuthority() =>
        new(folder.ReadCertificate(PkiFolder.Authority, MasterTrust.Fix), folder.ReadKey(PkiFolder.AuthorityKey, MasterTrust.Fix));

    NextMasterAnnouncement? ReadAnnouncement()
    {
        const string Fix = "Remove the file; the hosts are told anew.";
        try
        {
            return folder.Has(PkiFolder.Announcement)
                ? JsonSerializer.Deserialize(folder.Read(PkiFolder.Announcement, Fix), PkiJsonContext.Default.NextMasterAnnouncement)
                : null;
        }
        catch (JsonException error)
        {
            throw folder.Bad(PkiFolder.Announcement, $"cannot be read: {error.Message}", Fix, error);
        }
    }
}
