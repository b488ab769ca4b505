namespace Decnet.Fleet.Docker.Tests.Transport;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;
using Decnet.Testing;

public sealed class TlsFilesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly TestAuthority _authority = new("authority");
    readonly DockerTls _tls;

    public TlsFilesTests()
    {
        using X509Certificate2 client = _authority.Sign("client", server: false);
        File.WriteAllText(_folder.File("cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(_folder.File("key.pem"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _tls = new DockerTls
        {
            AuthorityFile = _authority.Write(_folder.Path),
            CertificateFile = _folder.File("cert.pem"),
            KeyFile = _folder.File("key.pem"),
        };
    }

    [Fact]
    public void Client_certificate_comes_with_its_key_and_its_intermediates()
    {
        File.AppendAllText(_tls.CertificateFile!, "\n" + File.ReadAllText(_tls.AuthorityFile!));

        TlsFiles files = TlsFiles.Read(_tls);

        Assert.True(files.Client!.TargetCertificate.HasPrivateKey);
        Assert.Equal("CN=client", files.Client.TargetCertificate.Subject);
        Assert.Equal("CN=authority", Assert.Single(files.Authorities!).Subject);
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("cert.pem")]
    [InlineData("key.pem")]
    public void Missing_file_is_named(string name)
    {
        File.Delete(_folder.File(name));

        Assert.Contains($"'{_folder.File(name)}'", Failure(), StringComparison.Ordinal);
        Assert.Contains("does not exist", Failure(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.pem", "")]
    [InlineData("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("cert.pem", "not a certificate")]
    [InlineData("key.pem", "not a key")]
    public void File_with_other_content_is_named(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);

        Assert.Contains($"'{_folder.File(name)}'", Failure(), StringComparison.Ordinal);
        Assert.Contains("PEM", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_another_certificate_is_refused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_tls.KeyFile!, other.ExportPkcs8PrivateKeyPem());

        Assert.Contains($"the key of the certificate in '{_tls.CertificateFile}'", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypted_key_is_refused_by_name()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PbeParameters parameters = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        File.WriteAllText(_tls.KeyFile!, key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters));

        Assert.Contains($"The key in '{_tls.KeyFile}' is encrypted", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Authority_is_not_read_when_it_is_not_asked()
    {
        File.Delete(_tls.AuthorityFile!);

        Assert.Null(TlsFiles.Read(_tls with { Verify = false }).Authorities);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    string Failure() => Assert.Throws<EngineTlsException>(() => TlsFiles.Read(_tls)).Message;
}
