namespace Decnet.Fleet.Swarm.Tests.Masters;

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;
using Xunit;

/// <summary>Desk and registry with a real authority.</summary>
public sealed class FleetAuthorityTests
{
    [Fact]
    public async Task A_host_joins_with_a_certificate_of_the_authority_and_leaves_with_its_revocation()
    {
        using var folder = new TemporaryFolder();
        await using var lab = await MasterLab.NewAsync();
        var pki = await MasterPki.OpenAsync(new PkiFolder(folder.File("pki")), ["198.18.250.1"], lab.Clock);
        var authority = new FleetAuthority(pki);
        var desk = new EnrolmentDesk(lab.Store, authority, clock: lab.Clock);
        var registry = new HostRegistry(lab.Store, lab.File, lab.Work, authority, lab.Clock);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        var invitation = await desk.OpenAsync("web-1", TimeSpan.FromHours(1));
        var reply = await desk.EnrollAsync(
            new EnrolmentRequest { Version = SwarmProtocol.Version, Token = invitation.Token, CertificateRequest = request, Addresses = [] }, IPAddress.Parse("198.18.250.9"));
        var host = await registry.GetAsync("web-1");
        using var certificate = X509Certificate2.CreateFromPem(reply.Certificate);
        var before = pki.Current.Revocations.IsRevoked(certificate);
        await registry.UnregisterAsync("web-1");

        Assert.Equal(CertificateFingerprint.Of(certificate), host.Fingerprint);
        Assert.Equal(HostId.Parse("web-1"), reply.HostId);
        Assert.False(before);
        Assert.True(pki.Current.Revocations.IsRevoked(certificate));
        Assert.True(authority.Trust.Version > reply.Trust.Version);
    }
}
