namespace Decnet.Fleet.Swarm.Tests.Clients;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Pki;
using Xunit;

public sealed class MasterClientTests : IAsyncLifetime
{
    readonly PkiLab lab = new();
    MasterPki master = null!;
    HostPki web = null!;
    TlsServer server = null!;
    MasterClient client = null!;

    public async ValueTask InitializeAsync()
    {
        master = await lab.MasterAsync();
        web = await lab.EnrolAsync(master, "web");
        server = new TlsServer(master.Current.Identity);
        client = new MasterClient("127.0.0.1", server.Port, () => web.Current, lab.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        lab.Dispose();
    }

    [Fact]
    public async Task A_report_returns_the_newest_trust_version()
    {
        server.Answer = _ => "HTTP/1.1 204 No Content\r\nDecnet-Trust: 42\r\n\r\n";
        Assert.Equal(42, await client.ReportAsync(Report()));
        server.Answer = _ => "HTTP/1.1 204 No Content\r\nDecnet-Trust: many\r\n\r\n";
        Assert.Equal(0, await client.ReportAsync(Report()));

        Assert.Equal(web.Current.Identity.Fingerprint, CertificateFingerprint.Of(Assert.Single(server.Clients)!));
        Assert.All(server.Requests, request => Assert.StartsWith("POST /swarm/heartbeat ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bundle_is_fetched_and_taken()
    {
        await master.RevokeAsync(HostId.Parse("mail"), default);
        server.Answer = _ => TlsServer.Ok(JsonSerializer.Serialize(master.Current.Bundle, SwarmJsonContext.Default.TrustBundle));

        Assert.True(await web.AcceptTrustAsync(await client.GetTrustAsync(), default));

        Assert.Equal(master.Current.Bundle, web.Current.Bundle);
    }

    [Fact]
    public async Task A_certificate_is_renewed_and_shown_from_then_on()
    {
        lab.Clock.Advance(TimeSpan.FromDays(300));
        var request = await web.RequestRenewalAsync(default);
        var next = await master.IssueAsync(request, web.Host, [], default);
        server.Answer = _ => TlsServer.Ok(JsonSerializer.Serialize(new RenewalReply("1", next.ExportCertificatePem()), SwarmJsonContext.Default.RenewalReply));

        await web.AcceptCertificateAsync((await client.RenewAsync(new RenewalRequest("1", request!))).Certificate, default);
        await client.RenewAsync(new RenewalRequest("1", request!));

        Assert.Equal(2, server.Clients.Count);
        Assert.Equal(CertificateFingerprint.Of(next), CertificateFingerprint.Of(server.Clients.Last()!));
    }

    [Theory]
    [InlineData("another host", "wrong_role")]
    [InlineData("another authority", "other_authority")]
    [InlineData("a master that was not announced", "not_pinned")]
    public async Task Who_is_not_the_master_hears_nothing(string shown, string reason)
    {
        using var elsewhere = new PkiLab();
        server.Identity = shown switch
        {
            "another host" => (await lab.EnrolAsync(master, "mail")).Current.Identity,
            "another authority" => (await elsewhere.MasterAsync()).Current.Identity,
            _ => await UnannouncedAsync(),
        };

        var refusal = await Assert.ThrowsAsync<PeerRefusedException>(() => client.ReportAsync(Report()));

        Assert.Equal(reason, refusal.Reason);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Who_loaded_its_key_before_the_files_were_removed_can_say_farewell()
    {
        var kept = web.Current;
        using var last = new MasterClient("127.0.0.1", server.Port, () => kept, lab.Clock);
        Directory.Delete(lab.FolderOf("web").Path, recursive: true);
        server.Answer = _ => "HTTP/1.1 204 No Content\r\n\r\n";

        await last.FarewellAsync(new HostFarewell { Version = "1", HostId = HostId.Parse("web"), OperationId = Guid.Empty, Succeeded = true, Removed = [], Failed = [] });

        Assert.StartsWith("POST /swarm/farewell ", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    async Task<HostIdentity> UnannouncedAsync()
    {
        lab.Clock.Advance(TimeSpan.FromDays(360));
        await master.MaintainAsync(Views.Nobody(lab.Clock), default);
        return master.Current.Identity;
    }

    static HostReport Report() => new()
    {
        Version = "1", HostId = HostId.Parse("web"), Number = 1, AgentVersion = "1.0", StartedAt = Authority.Start, TrustVersion = 1,
        Deckies = [], OpenOperations = [], Deltas = [],
    };
}
