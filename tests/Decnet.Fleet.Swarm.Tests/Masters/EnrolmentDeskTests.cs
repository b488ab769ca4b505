namespace Decnet.Fleet.Swarm.Tests.Masters;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Xunit;
using static MasterLab;

public sealed class EnrolmentDeskTests
{
    static readonly IPAddress Remote = IPAddress.Parse("198.18.250.9");
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task An_invitation_lets_one_host_join_once(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);

        var reply = await lab.Desk.EnrollAsync(Request(invitation.Token), Remote);

        Assert.Equal((HostId.Parse("web-1"), "certificate 1 of web-1", SwarmProtocol.MasterPort, 3L), (reply.HostId, reply.Certificate, reply.MasterPort, reply.Trust.Version));
        var host = await lab.HostAsync(reply.HostId);
        Assert.Equal(("web-1", "198.18.250.9", 8765, FleetHostStatus.Enrolled), (host.Name, host.Address, host.AgentPort, host.Status));
        Assert.Equal(FakeCertificates.Fingerprint(1), host.Fingerprint);
        Assert.Equal(["host.web-1.state enrolled"], await lab.EventsAsync());
        await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote));
    }

    [Fact]
    public async Task A_host_is_reached_where_it_says_and_its_certificate_is_good_for_where_it_was_seen()
    {
        await using var lab = await NewAsync();
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);

        await lab.Desk.EnrollAsync(Request(invitation.Token) with { Addresses = ["web.example", "198.18.250.9"], AgentPort = 9000 }, Remote.MapToIPv6());

        Assert.Equal("web.example 198.18.250.9", Assert.Single(lab.Certificates.Issued).Addresses);
        var host = await lab.HostAsync(HostId.Parse("web-1"));
        Assert.Equal(("web.example", 9000), (host.Address, host.AgentPort));
    }

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task A_host_joins_by_a_request_that_was_carried_by_hand(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);

        var reply = await lab.Desk.RegisterAsync("web-1", "a request", ["web.example", "198.18.250.9"], 9000);

        Assert.Equal((HostId.Parse("web-1"), "certificate 1 of web-1", SwarmProtocol.MasterPort), (reply.HostId, reply.Certificate, reply.MasterPort));
        var host = await lab.HostAsync(reply.HostId);
        Assert.Equal(("web-1", "web.example", 9000, FakeCertificates.Fingerprint(1)), (host.Name, host.Address, host.AgentPort, host.Fingerprint));
        Assert.Equal(["host.web-1.state enrolled"], await lab.EventsAsync());
        await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote));
        Assert.Empty(await lab.Store.ListEnrolmentsAsync());
    }

    [Fact]
    public async Task By_hand_too_a_name_that_is_taken_is_refused_and_nothing_is_signed()
    {
        await using var lab = await NewAsync();
        await lab.Desk.RegisterAsync("web-1", "a request", ["198.18.250.9"]);

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Desk.RegisterAsync("web-1", "a request", ["198.18.250.9"]));

        Assert.Equal("host-name-taken", Assert.Single(refused.Issues).Code);
        Assert.Single(lab.Certificates.Issued);
    }

    [Fact]
    public async Task The_store_never_holds_a_token()
    {
        await using var lab = await NewAsync();
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);

        var stored = Assert.Single(await lab.Store.ListEnrolmentsAsync());

        Assert.DoesNotContain(invitation.Token, stored.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(invitation.Token, invitation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_expires()
    {
        await using var lab = await NewAsync();
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);
        Assert.True(await lab.Desk.IsOpenAsync());
        lab.Clock.Advance(Hour);

        Assert.False(await lab.Desk.IsOpenAsync());
        await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote));
    }

    [Fact]
    public async Task A_new_invitation_of_the_same_name_voids_the_old_one()
    {
        await using var lab = await NewAsync();
        var old = await lab.Desk.OpenAsync("web-1", Hour);
        var fresh = await lab.Desk.OpenAsync("web-1", Hour);

        await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(old.Token), Remote));
        await lab.Desk.EnrollAsync(Request(fresh.Token), Remote);
    }

    [Theory]
    [InlineData("Web_1", "invalid-host-name")]
    [InlineData("local", "host-name-taken")]
    [InlineData("host-a", "host-name-taken")]
    public async Task A_name_must_fit_and_be_free(string name, string code)
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Desk.OpenAsync(name, TimeSpan.FromDays(30)));

        Assert.Equal([code, "invalid-lifetime"], error.Errors.Select(issue => issue.Code));
        Assert.Empty(await lab.Store.ListEnrolmentsAsync());
    }

    [Fact]
    public async Task A_request_that_does_not_fit_leaves_the_invitation_good()
    {
        await using var lab = await NewAsync();
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);
        var wrong = Request(invitation.Token) with { Version = "0", CertificateRequest = "", AgentPort = 70_000, Addresses = ["not an address"] };

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Desk.EnrollAsync(wrong, Remote));
        lab.Certificates.Refusal = new FleetValidationException("The request", [FleetIssue.Error("weak-key", "Too short.")]);
        await Assert.ThrowsAsync<FleetValidationException>(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote));
        lab.Certificates.Refusal = null;
        await lab.Desk.EnrollAsync(Request(invitation.Token), Remote);

        Assert.Equal(["invalid-address", "invalid-certificate-request", "invalid-port", "protocol-version"], error.Errors.Select(issue => issue.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_guesses_is_not_heard_for_a_while_and_others_are()
    {
        await using var lab = await NewAsync();
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);
        for (var i = 0; i < 5; i++)
        {
            var wrong = await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(new string('a', 43)), Remote));
            Assert.Null(wrong.RetryAfter);
        }

        var refused = await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote));
        Assert.Equal(TimeSpan.FromMinutes(1), refused.RetryAfter);
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.Desk.EnrollAsync(Request(invitation.Token), Remote);
    }

    [Fact]
    public async Task Guesses_from_many_addresses_count_together()
    {
        await using var lab = await NewAsync();
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);
        for (var i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request("x"), new IPAddress([198, 18, 1, (byte)i])));
        }

        var refused = await Assert.ThrowsAsync<EnrolmentRefusedException>(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote));

        Assert.NotNull(refused.RetryAfter);
    }

    [Fact]
    public async Task Two_that_show_one_token_at_once_do_not_both_join()
    {
        await using var lab = await NewAsync(StoreKind.Sqlite);
        var invitation = await lab.Desk.OpenAsync("web-1", Hour);

        var attempts = Enumerable.Range(0, 4).Select(i => Task.Run(() => lab.Desk.EnrollAsync(Request(invitation.Token), Remote))).ToArray();
        await ((Task)Task.WhenAll(attempts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.Equal(1, attempts.Count(attempt => attempt.IsCompletedSuccessfully));
        Assert.Single(await lab.Store.ListHostsAsync());
    }

    [Fact]
    public async Task A_renewed_certificate_replaces_the_old_one_when_it_is_first_used()
    {
        await using var lab = await NewAsync();
        var host = (await lab.Desk.EnrollAsync(Request((await lab.Desk.OpenAsync("web-1", Hour)).Token), Remote)).HostId;

        var reply = await lab.Desk.RenewAsync(host, new RenewalRequest(SwarmProtocol.Version, "csr"));
        var both = await lab.HostAsync(host);
        Assert.False(await lab.Desk.ConfirmAsync(host, FakeCertificates.Fingerprint(1)));
        Assert.True(await lab.Desk.ConfirmAsync(host, FakeCertificates.Fingerprint(2)));
        Assert.False(await lab.Desk.ConfirmAsync(host, FakeCertificates.Fingerprint(2)));

        Assert.Equal("certificate 2 of web-1", reply.Certificate);
        Assert.Equal((FakeCertificates.Fingerprint(1), FakeCertificates.Fingerprint(2)), (both.Fingerprint, both.NextFingerprint));
        var after = await lab.HostAsync(host);
        Assert.Equal((FakeCertificates.Fingerprint(2), null), (after.Fingerprint, after.NextFingerprint));
        await Assert.ThrowsAsync<UnknownHostException>(() => lab.Desk.RenewAsync(HostA, new RenewalRequest(SwarmProtocol.Version, "csr")));
    }

    static EnrolmentRequest Request(string token) => new() { Version = SwarmProtocol.Version, Token = token, CertificateRequest = "csr", Addresses = [] };
}
