namespace Decnet.Fleet.Swarm.Tests.Clients;

using System.Security.Authentication;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Pki;
using Decnet.Testing;
using Xunit;

public sealed class AgentClientTests : IAsyncLifetime
{
    const string Health = """{"version":"1","status":"ok","role":"agent"}""";

    readonly PkiLab lab = new();
    MasterPki master = null!;
    HostPki web = null!;
    TlsServer server = null!;
    AgentClient client = null!;

    public async ValueTask InitializeAsync()
    {
        master = await lab.MasterAsync();
        web = await lab.EnrolAsync(master, "web");
        server = new TlsServer(web.Current.Identity) { Answer = _ => TlsServer.Ok(Health) };
        client = new AgentClient(() => master.Current, lab.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        lab.Dispose();
    }

    [Fact]
    public async Task An_agent_is_asked_over_one_connection_on_which_both_show_who_they_are()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new PeerHealth("1", "ok", "agent"), await client.GetHealthAsync(Row()));
        }

        Assert.Equal(master.Current.Identity.Fingerprint, CertificateFingerprint.Of(Assert.Single(server.Clients)!));
        Assert.Equal(3, server.Requests.Count);
        Assert.StartsWith("GET /health HTTP/1.1", server.Requests.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another authority", "other_authority")]
    [InlineData("another host", "other_host")]
    [InlineData("the master itself", "wrong_role")]
    [InlineData("the right name with another key", "not_pinned")]
    [InlineData("revoked", "revoked")]
    [InlineData("expired", "expired")]
    public async Task An_agent_that_is_not_the_host_gets_no_request(string shown, string reason)
    {
        using var elsewhere = new PkiLab();
        using var again = new PkiLab();
        server.Identity = shown switch
        {
            "another authority" => (await elsewhere.EnrolAsync(await elsewhere.MasterAsync(), "web")).Current.Identity,
            "another host" => (await lab.EnrolAsync(master, "mail")).Current.Identity,
            "the master itself" => master.Current.Identity,
            "the right name with another key" => (await again.EnrolAsync(master, "web")).Current.Identity,
            _ => server.Identity,
        };
        if (shown == "revoked")
        {
            await master.RevokeAsync(web.Host, default);
        }
        else if (shown == "expired")
        {
            lab.Clock.Advance(TimeSpan.FromDays(400));
        }

        var refusal = await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetHealthAsync(Row()));

        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(server.Identity!.Fingerprint, refusal.Actual);
        Assert.Equal(reason == "not_pinned" ? web.Current.Identity.Fingerprint : null, refusal.Expected);
        Assert.Contains("web (127.0.0.1", refusal.Peer, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Another_authority_of_the_same_name_is_another_one()
    {
        using var impostor = new Authority();
        server.Identity = impostor.Identity(LeafRole.OfHost(web.Host));

        Assert.Equal("other_authority", (await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetHealthAsync(Row()))).Reason);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_host_without_address_or_certificate_is_not_called()
    {
        Assert.Equal("not_enrolled", (await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetHealthAsync(Row() with { Fingerprint = null }))).Reason);
        Assert.Equal("not_enrolled", (await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetHealthAsync(Row() with { Address = null }))).Reason);
        Assert.Empty(server.Clients);
    }

    [Fact]
    public async Task A_revocation_counts_for_connections_that_are_open()
    {
        await client.GetHealthAsync(Row());

        await master.RevokeAsync(web.Host, default);

        Assert.Equal("revoked", (await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetHealthAsync(Row()))).Reason);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Both_certificates_of_a_host_that_renews_are_taken_and_the_old_one_no_more_when_it_is_let_go()
    {
        lab.Clock.Advance(TimeSpan.FromDays(300));
        var next = await master.IssueAsync(await web.RequestRenewalAsync(default), web.Host, [], default);
        var row = Row() with { NextFingerprint = CertificateFingerprint.Of(next) };

        await client.GetHealthAsync(row);
        await web.AcceptCertificateAsync(next.ExportCertificatePem(), default);
        row = row with { Fingerprint = row.NextFingerprint, NextFingerprint = null };
        Assert.Equal("not_pinned", (await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetHealthAsync(row))).Reason);
        server.Identity = web.Current.Identity;
        await client.GetHealthAsync(row);
    }

    [Fact]
    public async Task The_next_certificate_of_the_master_is_shown_as_soon_as_it_is_used()
    {
        await client.GetHealthAsync(Row());
        lab.Clock.Advance(TimeSpan.FromDays(360));
        await master.MaintainAsync(Views.Nobody(lab.Clock), default);

        await client.GetHealthAsync(Row());

        Assert.Equal(2, server.Clients.Count);
        Assert.Equal(master.Current.Identity.Fingerprint, CertificateFingerprint.Of(server.Clients.Last()!));
    }

    [Fact]
    public async Task An_older_TLS_is_not_spoken()
    {
#pragma warning disable SYSLIB0039, CA5397
        server.Protocols = SslProtocols.Tls11;
#pragma warning restore SYSLIB0039, CA5397

        await Assert.ThrowsAsync<PeerUnreachableException>(() => client.GetHealthAsync(Row()));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_without_TLS_gets_no_request()
    {
        server.Identity = null;

        await Assert.ThrowsAsync<PeerUnreachableException>(() => client.GetHealthAsync(Row()));

        Assert.DoesNotContain(server.Requests, request => request.Contains("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_with_the_address()
    {
        var port = server.Port;
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<PeerUnreachableException>(() => client.GetHealthAsync(Row() with { AgentPort = port }));

        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        server = new TlsServer(web.Current.Identity);
    }

    [Fact]
    public async Task An_agent_that_does_not_answer_is_given_up()
    {
        using var asked = new SemaphoreSlim(0);
        using var released = new SemaphoreSlim(0);
        server.Answer = _ =>
        {
            asked.Release();
            released.Wait();
            return "";
        };
        var call = client.GetHealthAsync(Row());
        await asked.WaitAsync();

        lab.Clock.Advance(PeerConnection.RequestTimeout);

        var error = await Assert.ThrowsAsync<PeerUnreachableException>(() => call);
        Assert.Contains("15 s", error.Message, StringComparison.Ordinal);
        released.Release();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_says_so()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetHealthAsync(Row(), cancelled.Token));
    }

    [Fact]
    public async Task Commands_go_as_JSON_and_their_answers_come_back()
    {
        var id = Guid.Parse("11111111-2222-3333-4444-555555555555");
        server.Answer = _ => TlsServer.Ok($$"""{"version":"1","accepted":true,"deckies":[{"operation_id":"{{id}}","name":"web-01","action":"remove"}]}""", "202 Accepted");

        var reply = await client.TeardownAsync(Row(), new TeardownCommand { Version = "1", Orders = [new TeardownOrder(id, DeckyName.Parse("web-01"))] });

        Assert.Equal((id, "remove"), (Assert.Single(reply.Deckies).OperationId, reply.Deckies[0].Action));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /teardown HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", request, StringComparison.Ordinal);
        Assert.EndsWith($$"""{"version":"1","orders":[{"operation_id":"{{id}}","name":"web-01"}],"dry_run":false}""", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_of_a_problem_comes_back()
    {
        server.Answer = _ => TlsServer.Ok(
            """{"type":"urn:decnet:problem:invalid","title":"The request is not valid","status":422,"errors":[{"code":"a","message":"One."},{"code":"b","message":"Two.","fix":"do it","target":"web-01"}]}""",
            "422 Unprocessable Content", "application/problem+json");

        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => client.GetStatusAsync(Row()));

        Assert.Equal(422, error.Problem.Status);
        Assert.Equal([new("a", "One."), new SwarmProblemError("b", "Two.", "do it", "web-01")], error.Problem.Errors);
        Assert.Contains("One. Two. (do it)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("502 Bad Gateway")]
    [InlineData("504 Gateway Timeout")]
    [InlineData("408 Request Timeout")]
    public async Task An_agent_that_is_busy_may_be_asked_again(string status)
    {
        server.Answer = _ => TlsServer.Ok("<html>", status, "text/html", "Retry-After: 7\r\n");

        var error = await Assert.ThrowsAsync<PeerUnreachableException>(() => client.GetStatusAsync(Row()));

        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
    }

    [Fact]
    public async Task A_refusal_of_our_certificate_is_a_refusal_of_a_peer()
    {
        server.Answer = _ => TlsServer.Ok(
            """{"type":"urn:decnet:problem:peer-not-pinned","title":"The peer is not who it should be","status":403,"detail":"It is not pinned."}""",
            "403 Forbidden", "application/problem+json");

        var error = await Assert.ThrowsAsync<PeerRefusedException>(() => client.GetStatusAsync(Row()));

        Assert.Equal("not_pinned", error.Reason);
        Assert.Contains("It is not pinned.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", "no json")]
    [InlineData("200 OK", "null")]
    [InlineData("200 OK", """{"version":"1"}""")]
    public async Task An_answer_that_cannot_be_read_is_none(string status, string body)
    {
        server.Answer = _ => TlsServer.Ok(body, status);

        await Assert.ThrowsAsync<PeerUnreachableException>(() => client.GetHealthAsync(Row()));
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        server.Answer = _ => TlsServer.Ok("", "307 Temporary Redirect", more: $"Location: https://127.0.0.1:{server.Port}/elsewhere\r\n");

        Assert.Equal(307, (await Assert.ThrowsAsync<RequestRefusedException>(() => client.GetHealthAsync(Row()))).Problem.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_self_destruct_that_wants_a_confirmation_is_an_answer()
    {
        server.Answer = _ => TlsServer.Ok(
            """{"type":"urn:decnet:problem:confirmation-required","status":428,"version":"1","accepted":false,"confirmation":"c","removes":["web-01"],"obstacles":[]}""",
            "428 Precondition Required", "application/problem+json");

        var reply = await client.SelfDestructAsync(Row(), new SelfDestructCommand { Version = "1", OperationId = Guid.Empty });

        Assert.Equal(("c", false, "web-01"), (reply.Confirmation, reply.Accepted, Assert.Single(reply.Removes)));
    }

    FleetHost Row() => new()
    {
        HostId = web.Host,
        Name = "web",
        Address = "127.0.0.1",
        AgentPort = server.Port,
        EnrolledAt = Authority.Start,
        Fingerprint = web.Current.Identity.Fingerprint,
    };
}
