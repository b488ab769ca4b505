namespace Decnet.Fleet.Swarm.Pki;

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;

/// <summary>What stands in a certificate beside its key.</summary>
internal static class LeafExtensions
{
    internal const string ServerUse = "1.3.6.1.5.5.7.3.1";
    internal const string ClientUse = "1.3.6.1.5.5.7.3.2";

    internal static IEnumerable<X509Extension> For(PublicKey key, LeafOptions options, X509Certificate2 authority)
    {
        var usage = X509KeyUsageFlags.DigitalSignature;
        using (var rsa = key.GetRSAPublicKey())
        {
            usage |= rsa is null ? X509KeyUsageFlags.None : X509KeyUsageFlags.KeyEncipherment;
        }

        yield return new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true);
        yield return new X509KeyUsageExtension(usage, critical: true);
        yield return new X509EnhancedKeyUsageExtension([new Oid(ServerUse), new Oid(ClientUse)], critical: false);
        yield return new X509SubjectKeyIdentifierExtension(key, critical: false);
        yield return X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false);
        yield return AlternativeNames(options);
        if (options.Role == LeafRole.Master)
        {
            yield return EmbeddedAuthority.Extension(authority);
        }
    }

    /// <summary>The addresses and host names in a certificate.</summary>
    internal static ValueList<string> NamesOf(X509Certificate2 certificate) =>
    [
        .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(
            names => names.EnumerateIPAddresses().Select(address => address.ToString()).Concat(names.EnumerateDnsNames())),
    ];

    static X509Extension AlternativeNames(LeafOptions options)
    {
        var issues = new List<FleetIssue>();
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(options.Role.Uri));
        foreach (var name in options.Names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else if (Uri.CheckHostName(name) == UriHostNameType.Dns && name.All(char.IsAscii))
            {
                names.AddDnsName(name);
            }
            else
            {
                issues.Add(FleetIssue.Error("certificate-name", $"'{name}' is neither an address nor a host name.", "Give an IP address or a DNS name.", name));
            }
        }

        return issues.Count == 0 ? names.Build() : throw new FleetValidationException("certificate", issues);
    }
}
