namespace Decnet.Fleet.Swarm.Tests.Clients;

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.AspNetCore.Kestrel;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Pki;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

public sealed class PinnedHandlerTests
{
    [Fact]
    public void Both_ends_keep_a_connection_longer_than_a_host_pauses_between_two_reports()
    {
        using var client = PinnedHandler.Create(identity: null, _ => { });
        var server = new KestrelServerOptions();
        SwarmLimits.Apply(server, SwarmProtocol.MaxReportBytes, maxConnections: 1);
        var reports = new HeartbeatOptions();
        var pause = reports.Interval * (1 + reports.Jitter);

        Assert.InRange(client.PooledConnectionIdleTimeout, pause + PeerConnection.RequestTimeout, server.Limits.KeepAliveTimeout - PeerConnection.RequestTimeout);
        Assert.True(client.PooledConnectionLifetime >= 10 * pause);
    }

    [Fact]
    public async Task Nothing_is_fetched_that_the_certificate_of_the_other_side_names()
    {
        using var lab = new PkiLab();
        var master = await lab.MasterAsync();
        var web = await lab.EnrolAsync(master, "web");
        using var named = new TcpListener(IPAddress.Loopback, 0);
        named.Start();
        using var impostor = new Authority();
        await using var server = new TlsServer(Naming(impostor, $"http://127.0.0.1:{((IPEndPoint)named.LocalEndpoint).Port}/ca.crt", master.Current.Authority));
        using var client = new MasterClient("127.0.0.1", server.Port, () => web.Current, lab.Clock);

        var refusal = await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetTrustAsync());

        Assert.Equal("other_authority", refusal.Reason);
        Assert.False(named.Pending());
    }

    /// <summary>A master of another authority, whose certificate says where that authority's can be had.</summary>
    static HostIdentity Naming(Authority authority, string url, X509Certificate2 shown)
    {
        var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var certificate = authority.Sign(key, request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddUri(new Uri(LeafRole.Master.Uri));
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, caIssuersUris: [url]));
        });
        return HostIdentity.Of(certificate, key, shown);
    }
}
