namespace Decnet.Fleet.Swarm.Tests.Clients;

using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Pki;
using Xunit;

public sealed class EnrolmentClientTests : IAsyncLifetime
{
    readonly PkiLab lab = new();
    MasterPki master = null!;
    TlsServer server = null!;

    public async ValueTask InitializeAsync()
    {
        master = await lab.MasterAsync();
        server = new TlsServer(master.Current.Identity);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        lab.Dispose();
    }

    [Fact]
    public async Task A_host_that_knows_the_fingerprint_of_the_authority_alone_is_enrolled()
    {
        var folder = lab.FolderOf("web");
        var request = await HostEnrolment.PrepareAsync(folder, KeyAlgorithm.EcdsaP256, lab.Clock, default);
        var certificate = await master.IssueAsync(request, HostId.Parse("web"), ["127.0.0.1"], default);
        server.Answer = _ => TlsServer.Ok(
            JsonSerializer.Serialize(PkiLab.Reply(master, "web", certificate.ExportCertificatePem()), SwarmJsonContext.Default.EnrolmentReply));
        using var client = new EnrolmentClient("127.0.0.1", server.Port, master.Current.AuthorityFingerprint, lab.Clock);

        var reply = await client.EnrolAsync(Request(request));
        await HostEnrolment.StoreAsync(folder, master.Current.AuthorityFingerprint, reply, lab.Clock, default);

        Assert.Equal(CertificateFingerprint.Of(certificate), HostPki.Open(folder, lab.Clock).Current.Identity.Fingerprint);
        Assert.Null(Assert.Single(server.Clients));
        Assert.StartsWith("POST /swarm/enroll ", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another authority", "other_authority")]
    [InlineData("a host of the fleet", "other_authority")]
    [InlineData("a stranger that shows the right authority", "other_authority")]
    [InlineData("expired", "expired")]
    public async Task Who_is_not_the_master_does_not_see_the_token(string shown, string reason)
    {
        using var elsewhere = new PkiLab();
        server.Identity = shown switch
        {
            "another authority" => (await elsewhere.MasterAsync()).Current.Identity,
            "a host of the fleet" => (await lab.EnrolAsync(master, "mail")).Current.Identity,
            "a stranger that shows the right authority" => Stranger(),
            _ => server.Identity,
        };
        if (shown == "expired")
        {
            lab.Clock.Advance(TimeSpan.FromDays(400));
        }

        using var client = new EnrolmentClient("127.0.0.1", server.Port, master.Current.AuthorityFingerprint, lab.Clock);

        var refusal = await Assert.ThrowsAsync<PeerRefusedException>(() => client.EnrolAsync(Request("x")));

        Assert.Equal(reason, refusal.Reason);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_token_that_is_refused_says_why()
    {
        server.Answer = _ => TlsServer.Ok(
            """{"type":"urn:decnet:problem:bad-token","title":"The token is not good","status":403,"detail":"It has expired."}""", "403 Forbidden", "application/problem+json");
        using var client = new EnrolmentClient("127.0.0.1", server.Port, master.Current.AuthorityFingerprint, lab.Clock);

        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => client.EnrolAsync(Request("x")));

        Assert.Contains("It has expired.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>One that has no key of the fleet, but has copied what everybody may see of the authority.</summary>
    HostIdentity Stranger()
    {
        using var impostor = new Authority();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var real = master.Current.Authority;
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(LeafRole.Master.Uri));
        var certificate = impostor.Sign(key, request =>
        {
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(EmbeddedAuthority.Extension(real));
        });
        return HostIdentity.Of(certificate, key, real);
    }

    static EnrolmentRequest Request(string csr) => new() { Version = "1", Token = EnrolmentToken.New(), CertificateRequest = csr, Addresses = [] };
}
