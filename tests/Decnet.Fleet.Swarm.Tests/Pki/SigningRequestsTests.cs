namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;
using Xunit;

public sealed class SigningRequestsTests
{
    [Theory]
    [InlineData("EcdsaP256")]
    [InlineData("Rsa3072")]
    public void A_request_gives_the_key_that_signed_it(string algorithm)
    {
        using var key = PrivateKey.New(Enum.Parse<KeyAlgorithm>(algorithm));

        Assert.Equal(key.Public.ExportSubjectPublicKeyInfo(), SigningRequests.Read(SigningRequests.Create(key)).ExportSubjectPublicKeyInfo());
    }

    [Theory]
    [InlineData("P-384", null)]
    [InlineData("RSA-2048", null)]
    [InlineData("P-521", "certificate-key")]
    [InlineData("RSA-1024", "certificate-key")]
    public void Weak_and_unusual_keys_are_refused(string kind, string? code)
    {
        using AsymmetricAlgorithm key = kind switch
        {
            "P-384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "P-521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            "RSA-2048" => RSA.Create(2048),
            _ => RSA.Create(1024),
        };
        var request = key is ECDsa ec
            ? new CertificateRequest("CN=x", ec, HashAlgorithmName.SHA256)
            : new CertificateRequest("CN=x", (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        Assert.Equal(code, CodeOf(request.CreateSigningRequestPem()));
    }

    [Fact]
    public void A_request_that_another_key_signed_is_refused()
    {
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        using var other = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var forged = new CertificateRequest(new X500DistinguishedName("CN=x"), key.Public, HashAlgorithmName.SHA256)
            .CreateSigningRequestPem(other.Signer());

        Assert.Equal("certificate-request", CodeOf(forged));
    }

    [Fact]
    public void What_is_no_request_is_refused()
    {
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        Assert.Equal("certificate-request", CodeOf(null));
        Assert.Equal("certificate-request", CodeOf(""));
        Assert.Equal("certificate-request", CodeOf("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"));
        Assert.Equal("certificate-request", CodeOf(key.ToPem()));
        Assert.Equal("certificate-request", CodeOf(new string('x', 20_000) + SigningRequests.Create(key)));
    }

    [Fact]
    public async Task A_request_that_OpenSSL_made_is_read_and_one_of_ours_is_good_for_it()
    {
        OpenSsl.SkipUnlessThere();
        using var folder = new TemporaryFolder();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        await File.WriteAllTextAsync(folder.File("ours.csr"), SigningRequests.Create(key));

        var (code, output) = await OpenSsl.RunAsync("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=web.lab", "-keyout", folder.File("k"), "-out", folder.File("theirs.csr"));

        Assert.True(code == 0, output);
        Assert.NotNull(SigningRequests.Read(await File.ReadAllTextAsync(folder.File("theirs.csr"))));
        Assert.Contains("verify OK", (await OpenSsl.RunAsync("req", "-verify", "-noout", "-in", folder.File("ours.csr"))).Output, StringComparison.Ordinal);
    }

    static string? CodeOf(string? pem)
    {
        try
        {
            SigningRequests.Read(pem);
            return null;
        }
        catch (FleetValidationException error)
        {
            return Assert.Single(error.Errors).Code;
        }
    }
}
