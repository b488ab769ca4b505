namespace Decnet.Fleet.Swarm.Tests.AspNetCore.Support;

using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.AspNetCore.Hosting;
using Decnet.Fleet.Swarm.AspNetCore.Kestrel;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>A fleet's certificates on disk, and the endpoints of both sides on loopback, with TLS as it is in earnest.</summary>
internal sealed class SwarmLab : IAsyncDisposable
{
    internal static readonly HostId Host = HostId.Parse("web-host");

    static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    readonly TemporaryFolder folder;
    readonly List<WebApplication> servers = [];

    SwarmLab(TemporaryFolder folder, MasterPki pki)
    {
        this.folder = folder;
        Pki = pki;
        Master = new FakeMasterSide(() => pki.Current);
    }

    internal MasterPki Pki { get; }

    internal FakeAgentSide Agent { get; } = new();

    internal FakeMasterSide Master { get; }

    /// <summary>How long a body may take.</summary>
    internal TimeSpan BodyLimit { get; set; } = SwarmLimits.Body;

    internal static async Task<SwarmLab> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var pki = await MasterPki.OpenAsync(new PkiFolder(folder.File("master")), ["127.0.0.1"], TimeProvider.System);
        return new SwarmLab(folder, pki);
    }

    /// <summary>A host with a certificate of the fleet, known to the master.</summary>
    internal async Task<HostPki> EnrolAsync(string name)
    {
        var id = HostId.Parse(name);
        var place = new PkiFolder(folder.File(name));
        var request = await HostEnrolment.PrepareAsync(place, KeyAlgorithm.EcdsaP256, TimeProvider.System, default);
        using var certificate = await Pki.IssueAsync(request, id, ["127.0.0.1"], default);
        await HostEnrolment.StoreAsync(
            place,
            Pki.Current.AuthorityFingerprint,
            new EnrolmentReply { Version = "1", HostId = id, Certificate = certificate.ExportCertificatePem(), Trust = Pki.Current.Bundle, MasterPort = 1 },
            TimeProvider.System,
            default);
        var host = HostPki.Open(place, TimeProvider.System);
        Master.Hosts[id] = new FleetHost { HostId = id, Name = name, EnrolledAt = DateTimeOffset.UnixEpoch, Fingerprint = host.Current.Identity.Fingerprint };
        return host;
    }

    /// <summary>Gives the master another key and certificate, as a rotation ends.</summary>
    internal void ReplaceMasterCertificate()
    {
        var place = new PkiFolder(folder.File("master"));
        using var authority = new CertificateAuthority(place.ReadCertificate("ca.crt", ""), place.ReadKey("ca.key", ""));
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        using var certificate = authority.Issue(key.Public, new LeafOptions { Role = LeafRole.Master }, TimeProvider.System.GetUtcNow());
        place.WriteSecret("next-master.key", key.ToPem());
        place.Write("next-master.crt", certificate.ExportCertificatePem());
        place.Rename("next-master.key", "master.key");
        place.Rename("next-master.crt", "master.crt");
    }

    internal Task<Uri> ServeAgentAsync(HostPki host)
    {
        var site = new AgentSite(host, Agent, bodyLimit: BodyLimit);
        return ServeAsync(kestrel =>
        {
            kestrel.LimitAsDecnetAgent();
            kestrel.ListenDecnetAgent(AnyPort, site);
        }, routes => routes.MapDecnetAgent(site));
    }

    internal Task<Uri> ServeMasterAsync()
    {
        var site = new MasterSite(Pki, Master, Master);
        return ServeAsync(kestrel =>
        {
            kestrel.LimitAsDecnetMaster();
            kestrel.ListenDecnetMaster(AnyPort, site);
        }, routes => routes.MapDecnetMaster(site));
    }

    internal Task<Uri> ServeEnrolmentAsync()
    {
        var site = new MasterSite(Pki, Master, Master);
        return ServeAsync(kestrel =>
        {
            kestrel.LimitAsDecnetMaster();
            kestrel.ListenDecnetEnrolment(AnyPort, site);
        }, routes => routes.MapDecnetEnrolment(site));
    }

    /// <summary>A client with a certificate, or without one. It takes whatever the server shows, and keeps it.</summary>
    internal static HttpClient Client(Uri server, HostIdentity? identity, Action<string>? seen = null) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        // Who expects to be told to go on does not send a long body before, however slow the server is.
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.None,
            ClientCertificateContext = identity?.ServerContext,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                seen?.Invoke(CertificateFingerprint.Of((System.Security.Cryptography.X509Certificates.X509Certificate2)certificate!));
                return true;
            },
        },
    })
    {
        BaseAddress = server,
    };

    internal static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    async Task<Uri> ServeAsync(Action<KestrelServerOptions> listen, Action<IEndpointRouteBuilder> map)
    {
        var server = SwarmServer.Build(listen, map, NullLoggerFactory.Instance);
        servers.Add(server);
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new Uri(addresses.Single());
    }
}
