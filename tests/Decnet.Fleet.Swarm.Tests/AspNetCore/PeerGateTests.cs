namespace Decnet.Fleet.Swarm.Tests.AspNetCore;

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.AspNetCore.Support;
using Decnet.Testing;
using Xunit;

public sealed class PeerGateTests : IAsyncLifetime
{
    SwarmLab lab = null!;
    HostPki host = null!;

    public async ValueTask InitializeAsync()
    {
        lab = await SwarmLab.OpenAsync();
        host = await lab.EnrolAsync("web-host");
    }

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task Without_a_certificate_there_is_no_connection()
    {
        using var nobody = SwarmLab.Client(await lab.ServeAgentAsync(host), identity: null);

        await Assert.ThrowsAsync<HttpRequestException>(() => nobody.GetAsync("/health"));
    }

    [Fact]
    public async Task With_a_certificate_of_another_fleet_there_is_no_connection()
    {
        await using var other = await SwarmLab.OpenAsync();
        using var stranger = SwarmLab.Client(await lab.ServeAgentAsync(host), other.Pki.Current.Identity);

        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/health"));
    }

    [Fact]
    public async Task A_host_may_not_command_a_host_and_its_body_is_not_read()
    {
        var other = await lab.EnrolAsync("other-host");
        using var peer = SwarmLab.Client(await lab.ServeAgentAsync(host), other.Current.Identity);

        var response = await peer.PostAsync("/deploy", SwarmLab.Json("this is not JSON"));

        Assert.Equal((HttpStatusCode.Forbidden, "urn:decnet:problem:peer-wrong-role"), (response.StatusCode, (await Samples.ProblemAsync(response)).Type));
        Assert.Equal(0, lab.Agent.Calls);
    }

    [Fact]
    public async Task A_host_whose_certificate_is_not_the_one_that_is_known_is_refused()
    {
        lab.Master.Hosts[SwarmLab.Host] = lab.Master.Hosts[SwarmLab.Host] with { Fingerprint = new string('0', 64) };
        using var peer = SwarmLab.Client(await lab.ServeMasterAsync(), host.Current.Identity);

        var response = await peer.PostAsync("/swarm/heartbeat", SwarmLab.Json(Samples.ReportText(SwarmLab.Host)));

        Assert.Equal((HttpStatusCode.Forbidden, "urn:decnet:problem:peer-not-pinned"), (response.StatusCode, (await Samples.ProblemAsync(response)).Type));
        Assert.Empty(lab.Master.Received);
    }

    [Fact]
    public async Task A_host_that_the_fleet_does_not_have_is_answered_with_404()
    {
        lab.Master.Hosts.Clear();
        using var peer = SwarmLab.Client(await lab.ServeMasterAsync(), host.Current.Identity);

        var response = await peer.PostAsync("/swarm/heartbeat", SwarmLab.Json("not JSON either"));

        Assert.Equal((HttpStatusCode.NotFound, "urn:decnet:problem:unknown-host"), (response.StatusCode, (await Samples.ProblemAsync(response)).Type));
    }

    [Fact]
    public async Task The_certificate_that_was_given_to_follow_is_adopted_when_it_is_first_used()
    {
        var fingerprint = host.Current.Identity.Fingerprint;
        lab.Master.Hosts[SwarmLab.Host] = lab.Master.Hosts[SwarmLab.Host] with { Fingerprint = new string('0', 64), NextFingerprint = fingerprint };
        using var peer = SwarmLab.Client(await lab.ServeMasterAsync(), host.Current.Identity);

        Assert.Equal(HttpStatusCode.OK, (await peer.GetAsync("/health")).StatusCode);

        var known = lab.Master.Hosts[SwarmLab.Host];
        Assert.Equal((fingerprint, null), (known.Fingerprint, known.NextFingerprint));
    }

    [Fact]
    public async Task A_revocation_ends_a_connection_that_is_open()
    {
        using var peer = SwarmLab.Client(await lab.ServeMasterAsync(), host.Current.Identity);
        Assert.Equal(HttpStatusCode.OK, (await peer.GetAsync("/health")).StatusCode);

        await lab.Pki.RevokeAsync(SwarmLab.Host, default);

        // Either on the same connection, by the request, or on another one, by the handshake.
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await peer.GetAsync("/health")).StatusCode == HttpStatusCode.Forbidden;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        }, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_peer_that_speaks_only_TLS_1_1_is_refused()
    {
        var server = await lab.ServeAgentAsync(host);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);

        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "web-host",
#pragma warning disable CA5397, SYSLIB0039 // The old version is what is tested.
            EnabledSslProtocols = SslProtocols.Tls11,
#pragma warning restore CA5397, SYSLIB0039
            ClientCertificateContext = lab.Pki.Current.Identity.ServerContext,
        }));
    }

    [Fact]
    public async Task Plain_HTTP_is_not_answered()
    {
        var server = await lab.ServeAgentAsync(host);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /deploy HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));

        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (IOException)
        {
            // Cut rather than closed.
        }

        Assert.DoesNotContain("HTTP/", Encoding.Latin1.GetString(answer.ToArray()), StringComparison.Ordinal);
        Assert.Equal(0, lab.Agent.Calls);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_answered_with_408()
    {
        lab.BodyLimit = TimeSpan.FromMilliseconds(300);
        var server = await lab.ServeAgentAsync(host);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "web-host",
            ClientCertificateContext = lab.Pki.Current.Identity.ServerContext,
        });

        await tls.WriteAsync("POST /deploy HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());

        using var answer = new StreamReader(tls);
        Assert.StartsWith("HTTP/1.1 408", await answer.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        Assert.Equal(0, lab.Agent.Calls);
    }
}
