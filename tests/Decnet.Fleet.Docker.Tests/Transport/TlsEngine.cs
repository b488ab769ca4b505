namespace Decnet.Fleet.Docker.Tests.Transport;

using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Testing;

/// <summary>A server with TLS that wants a client's certificate of its authority, as dockerd --tlsverify does.</summary>
internal sealed class TlsEngine : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly X509Certificate2 _certificate;
    readonly AnsweringServer _server;

    public TlsEngine(TimeSpan? until = null, string? dnsName = null)
    {
        _certificate = Authority.Sign("engine", server: true, until, dnsName);
        _server = new AnsweringServer(new IPEndPoint(IPAddress.Loopback, 0), SecureAsync);
    }

    public TestAuthority Authority { get; } = new("authority of the engine");

    public string Folder => _folder.Path;

    public int Connections => _server.Connections;

    /// <summary>An endpoint with everything right.</summary>
    public DockerEndpoint Endpoint()
    {
        using X509Certificate2 client = Authority.Sign("client", server: false);
        return new DockerEndpoint
        {
            Address = new Uri($"tcp://127.0.0.1:{_server.Port}"),
            Source = "DOCKER_HOST",
            Tls = Write(client) with { AuthorityFile = Authority.Write(Folder) },
        };
    }

    public DockerTls Write(X509Certificate2 client)
    {
        File.WriteAllText(_folder.File("cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(_folder.File("key.pem"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return new DockerTls { CertificateFile = _folder.File("cert.pem"), KeyFile = _folder.File("key.pem") };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        Authority.Dispose();
        _folder.Dispose();
    }

    async Task<Stream> SecureAsync(Stream stream)
    {
        SslStream secured = new(stream);
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Authority.Certificate);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = true,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None,
        });
        return secured;
    }
}
