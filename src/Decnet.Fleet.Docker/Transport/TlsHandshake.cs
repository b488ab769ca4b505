namespace Decnet.Fleet.Docker.Transport;

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>Makes a connection a TLS connection. The files are read for each one, since certificates are renewed.</summary>
/// <param name="tls">The files.</param>
/// <param name="host">The name that the engine's certificate must have.</param>
internal sealed class TlsHandshake(DockerTls tls, string host)
{
    /// <summary>Performs the handshake. The stream is disposed when it fails.</summary>
    /// <exception cref="EngineTlsException">A file is bad, or one side does not trust the other.</exception>
    public async Task<Stream> AuthenticateAsync(Stream stream, CancellationToken cancellationToken)
    {
        SslStream secured = new(stream);
        string? distrust = null;
        try
        {
            TlsFiles files = TlsFiles.Read(tls);
            await secured.AuthenticateAsClientAsync(Options(files), cancellationToken).ConfigureAwait(false);
            return secured;
        }
        catch (Exception exception)
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            if (exception is AuthenticationException and not EngineTlsException && distrust is not null)
            {
                throw new EngineTlsException(distrust, exception);
            }

            throw;
        }

        SslClientAuthenticationOptions Options(TlsFiles files) => new()
        {
            TargetHost = host,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            ClientCertificateContext = files.Client,
            CertificateChainPolicy = files.Authorities is { } authorities ? Policy(authorities) : null,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                !tls.Verify || (distrust = Distrust(certificate as X509Certificate2, chain, errors)) is null,
        };
    }

    static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // Private authorities publish no lists.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    string? Distrust(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is null)
        {
            return "The engine showed no certificate.";
        }

        string subject = $"The certificate '{certificate.Subject}' that the engine at {host} showed";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            X509ChainStatusFlags status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
                ? $"{subject} is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u} only. Renew it, or set the clock right."
                : $"{subject} is not signed by {Trusted()} ({status}). Take the authority's certificate from the engine's host.";
        }

        return $"{subject} is for other names ({Names(certificate)}). Use one of them in the address, or add '{host}' to the certificate.";
    }

    string Trusted() => tls.AuthorityFile is { } file ? $"the authority in '{file}'" : "an authority that the system trusts";

    static string Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? "it has no alternative name"
            : string.Join(", ", names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())));
    }
}
