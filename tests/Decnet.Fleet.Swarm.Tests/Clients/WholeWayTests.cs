namespace Decnet.Fleet.Swarm.Tests.Clients;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Agents;
using Decnet.Fleet.Swarm.Tests.BadPeers;
using Decnet.Testing;
using Xunit;

/// <summary>The clients against the endpoints of a real agent and a real master.</summary>
public sealed class WholeWayTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    BadPeerLab lab = null!;

    public async ValueTask InitializeAsync() => lab = await BadPeerLab.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_master_commands_an_agent()
    {
        using var agents = new AgentClient(() => lab.Pki.Current, TimeProvider.System);
        var host = (await lab.Store.FindHostAsync(BadPeerLab.Host))! with { AgentPort = lab.AgentPort };
        var order = AgentLab.Order("web-02", "198.18.0.10", "http");

        Assert.Equal("agent", (await agents.GetHealthAsync(host)).Role);
        Assert.True((await agents.DeployAsync(host, AgentLab.Deploy(order))).Accepted);

        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await lab.Agent.EndAsync([order.OperationId])).Status);
        Assert.Contains((await agents.GetStatusAsync(host)).Deckies, decky => decky.Name.Value == "web-02");
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => agents.DeployAsync(host, AgentLab.Deploy()));
        Assert.Equal(422, refused.Problem.Status);
        Assert.NotEmpty(refused.Problem.Errors);
    }

    [Fact]
    public async Task A_host_joins_reports_renews_its_certificate_and_is_shown_the_door()
    {
        var place = new PkiFolder(folder.File("pki"));
        var (token, authority) = ((await lab.Desk.OpenAsync("new", TimeSpan.FromHours(1))).Token, lab.Pki.Current.AuthorityFingerprint);
        using var door = new EnrolmentClient("127.0.0.1", lab.EnrolmentPort, authority, TimeProvider.System);
        var request = new EnrolmentRequest
        {
            Version = SwarmProtocol.Version,
            Token = token,
            CertificateRequest = await HostEnrolment.PrepareAsync(place, KeyAlgorithm.EcdsaP256, TimeProvider.System, default),
            Addresses = [],
        };
        await HostEnrolment.StoreAsync(place, authority, await door.EnrolAsync(request), TimeProvider.System, default);
        await Assert.ThrowsAsync<RequestRefusedException>(() => door.EnrolAsync(request));

        var before = HostPki.Open(place, TimeProvider.System).Current;
        using var master = new MasterClient("127.0.0.1", lab.MasterPort, () => before, TimeProvider.System);
        Assert.Equal(lab.Pki.Current.Bundle.Version, await master.ReportAsync(Report(before, 1)));

        // The host believes that it is late, and renews.
        var late = HostPki.Open(place, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(300)));
        var renewal = await master.RenewAsync(new RenewalRequest(SwarmProtocol.Version, (await late.RequestRenewalAsync(default))!));
        await late.AcceptCertificateAsync(renewal.Certificate, default);
        await master.ReportAsync(Report(before, 2));
        var after = HostPki.Open(place, TimeProvider.System);
        using var renewed = new MasterClient("127.0.0.1", lab.MasterPort, () => after.Current, TimeProvider.System);
        await renewed.ReportAsync(Report(before, 3));
        Assert.Equal(after.Current.Identity.Fingerprint, (await lab.Store.FindHostAsync(after.Host))!.Fingerprint);
        Assert.Equal("not_pinned", (await Assert.ThrowsAsync<PeerRefusedException>(() => master.ReportAsync(Report(before, 4)))).Reason);

        await lab.Pki.RevokeAsync(BadPeerLab.Other, default);
        Assert.True(await after.AcceptTrustAsync(await renewed.GetTrustAsync(), default));
        Assert.Equal(lab.Pki.Current.Bundle.Version, after.Current.Bundle.Version);

        await renewed.ReportAsync(Report(before, 5));
        await lab.Pki.RevokeAsync(after.Host, default);
        Assert.Equal("revoked", (await Assert.ThrowsAsync<PeerRefusedException>(() => renewed.ReportAsync(Report(before, 6)))).Reason);
    }

    static HostReport Report(HostTrust host, long number) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = host.Identity.Role.Host!.Value,
        Number = number,
        AgentVersion = "1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        TrustVersion = host.Bundle.Version,
        Deckies = [],
        OpenOperations = [],
        Deltas = [],
    };
}
