namespace Decnet.Fleet.Swarm.Tests.AspNetCore;

using System.Net;
using System.Text.Json;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Tests.AspNetCore.Support;
using Decnet.Testing;
using Xunit;

public sealed class MasterEndpointsTests : IAsyncLifetime
{
    SwarmLab lab = null!;
    HttpClient host = null!;

    public async ValueTask InitializeAsync()
    {
        lab = await SwarmLab.OpenAsync();
        var pki = await lab.EnrolAsync("web-host");
        host = SwarmLab.Client(await lab.ServeMasterAsync(), pki.Current.Identity);
    }

    public ValueTask DisposeAsync()
    {
        host.Dispose();
        return lab.DisposeAsync();
    }

    [Fact]
    public async Task A_report_is_taken_and_answered_with_the_version_of_the_trust_bundle()
    {
        var response = await host.PostAsync("/swarm/heartbeat", SwarmLab.Json(Samples.ReportText(SwarmLab.Host)));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal($"{lab.Pki.Current.Bundle.Version}", response.Headers.GetValues("Decnet-Trust").Single());
        var (peer, report) = Assert.Single(lab.Master.Received);
        Assert.Equal((SwarmLab.Host, Samples.Report(SwarmLab.Host)), (peer, report));
    }

    [Fact]
    public async Task Last_words_are_taken()
    {
        var farewell = new HostFarewell
        {
            Version = "1",
            HostId = SwarmLab.Host,
            OperationId = Guid.Parse("0198d6a0-0000-7000-8000-000000000001"),
            Succeeded = true,
            Removed = ["/usr/local/bin/decnetd"],
            Failed = [],
        };

        var response = await host.PostAsync("/swarm/farewell", SwarmLab.Json(JsonSerializer.Serialize(farewell, SwarmJsonContext.Default.HostFarewell)));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((SwarmLab.Host, (object)farewell), Assert.Single(lab.Master.Received));
    }

    [Fact]
    public async Task Hosts_get_health_trust_and_certificates()
    {
        var health = JsonSerializer.Deserialize(await host.GetStringAsync("/health"), SwarmJsonContext.Default.PeerHealth);
        var trust = JsonSerializer.Deserialize(await host.GetStringAsync("/swarm/trust"), SwarmJsonContext.Default.TrustBundle);
        var renewed = await host.PostAsync("/swarm/renew", SwarmLab.Json("""{"version":"1","certificate_request":"PEM"}"""));

        Assert.Equal("master", health!.Role);
        Assert.Equal(lab.Pki.Current.Bundle, trust);
        Assert.Equal("PEM", JsonSerializer.Deserialize(await renewed.Content.ReadAsStringAsync(), SwarmJsonContext.Default.RenewalReply)!.Certificate);
    }

    [Fact]
    public async Task A_report_may_not_be_longer_than_4_MiB()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/swarm/heartbeat") { Content = SwarmLab.Json(new string(' ', SwarmProtocol.MaxReportBytes + 1)) };
        request.Headers.ExpectContinue = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Those_that_enrol_need_no_certificate_but_somebody_who_expects_them()
    {
        var shown = "";
        using var stranger = SwarmLab.Client(await lab.ServeEnrolmentAsync(), identity: null, fingerprint => shown = fingerprint);
        using var request = SwarmLab.Json("""{"version":"1","token":"T","certificate_request":"PEM","addresses":["198.18.5.7"]}""");

        var closed = await stranger.PostAsync("/swarm/enroll", SwarmLab.Json("whatever"));
        Assert.Equal((HttpStatusCode.NotFound, "urn:decnet:problem:closed"), (closed.StatusCode, (await Samples.ProblemAsync(closed)).Type));
        Assert.Equal(lab.Pki.Current.Identity.Fingerprint, shown);

        lab.Master.IsOpen = true;
        var open = await stranger.PostAsync("/swarm/enroll", request);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        var (asked, remote) = ((EnrolmentRequest, IPAddress))Assert.Single(lab.Master.Received).What;
        Assert.Equal((8765, "198.18.5.7", IPAddress.Loopback), (asked.AgentPort, asked.Addresses.Single(), remote));
    }

    [Fact]
    public async Task A_master_that_has_a_new_certificate_shows_it_without_a_restart()
    {
        var server = await lab.ServeMasterAsync();
        var pki = await lab.EnrolAsync("other-host");
        var first = await ShownAsync();

        lab.ReplaceMasterCertificate();

        await Eventually.TrueAsync(async () => await ShownAsync() != first, TimeSpan.FromSeconds(60));

        async Task<string> ShownAsync()
        {
            var shown = "";
            using var client = SwarmLab.Client(server, pki.Current.Identity, fingerprint => shown = fingerprint);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
            return shown;
        }
    }
}
