namespace Decnet.Fleet.Swarm.Pki;

using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>
/// The certificates that the authority has taken back (X.509 CRL, RFC 5280). What a list revokes stays revoked when the list is
/// overdue: a master that is away for long does not give revoked certificates back.
/// </summary>
internal sealed class RevocationList
{
    const string PemLabel = "X509 CRL";

    /// <summary>Of about 100,000 certificates.</summary>
    const int MaxBytes = 4 * 1024 * 1024;

    internal RevocationList(byte[] der, RevocationListContents contents)
    {
        Der = der;
        Number = contents.Number;
        ThisUpdate = contents.ThisUpdate;
        NextUpdate = contents.NextUpdate;
        Revoked = contents.Revoked.ToFrozenDictionary();
    }

    internal byte[] Der { get; }

    /// <summary>Each list has a higher one than those before. It is also the version of the <see cref="Contract.TrustBundle"/>.</summary>
    internal long Number { get; }

    internal DateTimeOffset ThisUpdate { get; }

    internal DateTimeOffset NextUpdate { get; }

    /// <summary>When each was revoked, by its serial number in lower-case hexadecimal digits.</summary>
    internal FrozenDictionary<string, DateTimeOffset> Revoked { get; }

    /// <summary>Reads a list, and believes it only when this authority has signed it.</summary>
    /// <exception cref="PkiException">It is no list, or not this authority's.</exception>
    internal static RevocationList Read(byte[] der, X509Certificate2 authority) =>
        der.Length <= MaxBytes
            ? new RevocationList(der, RevocationListReader.Read(der, authority))
            : throw new PkiException($"The revocation list is longer than {MaxBytes} bytes.");

    /// <inheritdoc cref="Read"/>
    internal static RevocationList ReadPem(string pem, X509Certificate2 authority)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != PemLabel)
        {
            throw new PkiException($"There is no revocation list in it: it does not begin with '-----BEGIN {PemLabel}-----'.");
        }

        return Read(Convert.FromBase64String(pem[fields.Base64Data]), authority);
    }

    internal string ToPem() => PemEncoding.WriteString(PemLabel, Der) + "\n";

    internal bool IsRevoked(X509Certificate2 certificate) => RevokedAt(certificate) is not null;

    /// <summary>When it was revoked; null when it was not.</summary>
    internal DateTimeOffset? RevokedAt(X509Certificate2 certificate) =>
        Revoked.TryGetValue(SerialText(certificate.SerialNumberBytes.Span), out var since) ? since : null;

    /// <summary>For how long a newer list should have been here; null while this one is not overdue.</summary>
    internal TimeSpan? OverdueAt(DateTimeOffset now) => now > NextUpdate ? now - NextUpdate : null;

    /// <summary>Refuses a list that is older than the one that is held, by which revoked certificates would come back.</summary>
    /// <exception cref="PkiException">It is older.</exception>
    internal void MustFollow(RevocationList? held)
    {
        if (held is not null && Number < held.Number)
        {
            throw new PkiException(
                $"The revocation list number {Number} is older than number {held.Number}, which is held already. It was not taken: somebody plays an old one back, or the master was restored from a backup; let it make a new list.");
        }
    }

    internal static string SerialText(ReadOnlySpan<byte> bigEndian) => Convert.ToHexStringLower(bigEndian.TrimStart((byte)0));
}
