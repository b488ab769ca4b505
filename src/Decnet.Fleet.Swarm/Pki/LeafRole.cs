namespace Decnet.Fleet.Swarm.Pki;

using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;

/// <summary>
/// What the holder of a certificate is in the fleet. It stands in the certificate as its only URI among the alternative names;
/// the common name means nothing.
/// </summary>
internal sealed record LeafRole
{
    const string MasterUri = "decnet://role/master";
    const string HostUri = "decnet://host/";
    const string AlternativeNames = "2.5.29.17";

    static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>The one that commands.</summary>
    internal static readonly LeafRole Master = new();

    /// <summary>The host that it is; null for the master.</summary>
    internal HostId? Host { get; private init; }

    internal string Uri => Host is { } host ? HostUri + host.Value : MasterUri;

    internal static LeafRole OfHost(HostId host) => new() { Host = host };

    internal static bool TryRead(X509Certificate2 certificate, [NotNullWhen(true)] out LeafRole? role)
    {
        role = null;
        try
        {
            var extensions = certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames).ToArray();
            if (extensions.Length == 1 && Uris(extensions[0].RawData) is [var uri])
            {
                role = Parse(uri);
            }
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            // What is not well formed names no role.
        }

        return role is not null;
    }

    public override string ToString() => Host is { } host ? $"host {host.Value}" : "master";

    static LeafRole? Parse(string uri) =>
        uri == MasterUri ? Master
        : uri.StartsWith(HostUri, StringComparison.Ordinal) && HostId.TryParse(uri[HostUri.Length..], out var host) ? OfHost(host)
        : null;

    static List<string> Uris(byte[] extension)
    {
        var uris = new List<string>();
        var outer = new AsnReader(extension, AsnEncodingRules.DER);
        var names = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(UriTag))
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return uris;
    }
}
