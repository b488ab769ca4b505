namespace Decnet.Fleet.Swarm.Pki;

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>Reads <c>CertificateList</c> of RFC 5280, section 5, as strictly as DER is.</summary>
internal static class RevocationListReader
{
    const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    const string NumberExtension = "2.5.29.20";
    const string KeyIdentifierExtension = "2.5.29.35";

    static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <exception cref="PkiException">It is no list, or not one that the authority has signed.</exception>
    internal static RevocationListContents Read(byte[] der, X509Certificate2 authority)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var list = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var signed = list.ReadEncodedValue();
            var algorithm = list.ReadEncodedValue();
            var signature = list.ReadBitString(out var unused);
            list.ThrowIfNotEmpty();
            if (unused != 0 || !IsSignedBy(authority, signed.Span, Algorithm(algorithm), signature))
            {
                throw new PkiException("The revocation list is not signed by the fleet's authority.");
            }

            return ReadSigned(signed, algorithm, authority);
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException or OverflowException)
        {
            throw new PkiException($"The revocation list is damaged: {error.Message}", error);
        }
    }

    static RevocationListContents ReadSigned(ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> algorithm, X509Certificate2 authority)
    {
        var reader = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        if (!reader.TryReadInt32(out var version) || version != 1)
        {
            throw new PkiException("The revocation list is not of version 2.");
        }

        if (!reader.ReadEncodedValue().Span.SequenceEqual(algorithm.Span) || !reader.ReadEncodedValue().Span.SequenceEqual(authority.SubjectName.RawData))
        {
            throw new PkiException("The revocation list is of another authority.");
        }

        var thisUpdate = ReadTime(reader);
        var nextUpdate = ReadTime(reader);
        var revoked = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (reader.HasData && reader.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            for (var entries = reader.ReadSequence(); entries.HasData;)
            {
                var entry = entries.ReadSequence();
                revoked[RevocationList.SerialText(entry.ReadIntegerBytes().Span)] = ReadTime(entry);
            }
        }

        return new RevocationListContents(ReadNumber(reader.ReadSequence(ExtensionsTag)), thisUpdate, nextUpdate, revoked);
    }

    /// <summary>The number; a critical extension that is not known makes the whole list useless (RFC 5280, section 5.2).</summary>
    static long ReadNumber(AsnReader tagged)
    {
        long? number = null;
        for (var extensions = tagged.ReadSequence(); extensions.HasData;)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (name == NumberExtension)
            {
                number = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).TryReadInt64(out var value) && value >= 0 ? value : null;
            }
            else if (critical && name != KeyIdentifierExtension)
            {
                throw new PkiException($"The revocation list has a critical extension that is not known here ({name}).");
            }
        }

        return number ?? throw new PkiException("The revocation list has no number.");
    }

    static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    static string Algorithm(ReadOnlyMemory<byte> identifier) => new AsnReader(identifier, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier();

    static bool IsSignedBy(X509Certificate2 authority, ReadOnlySpan<byte> data, string algorithm, byte[] signature)
    {
        using var ec = authority.GetECDsaPublicKey();
        using var rsa = authority.GetRSAPublicKey();
        return algorithm switch
        {
            EcdsaWithSha256 when ec is not null => ec.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            RsaWithSha256 when rsa is not null => rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => false,
        };
    }
}
