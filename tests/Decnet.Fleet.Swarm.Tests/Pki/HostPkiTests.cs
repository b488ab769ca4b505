namespace Decnet.Fleet.Swarm.Tests.Pki;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;
using Xunit;

public sealed class HostPkiTests : IDisposable
{
    readonly PkiLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task An_enrolled_host_and_its_master_trust_each_other()
    {
        var master = await lab.MasterAsync();
        var web = await lab.EnrolAsync(master, "web");

        Assert.True(HostPki.IsEnrolled(lab.FolderOf("web")));
        Assert.Equal("web", web.Host.Value);
        Assert.True(web.Current.Policy.Judge(master.Current.Identity.Certificate, web.Current.Master(PeerUse.Client)).IsAccepted);
        Assert.True(master.Current.Policy.Judge(web.Current.Identity.Certificate, MasterTrust.Host(PeerUse.Client, Row(web))).IsAccepted);
        Assert.Equal(["ca.crt", "host.crt", "host.key", "pki.lock", "trust.json"], Files("web"));
    }

    [Fact]
    public async Task The_key_of_an_enrolment_that_failed_is_used_again()
    {
        var first = await HostEnrolment.PrepareAsync(lab.FolderOf("web"), KeyAlgorithm.EcdsaP256, lab.Clock, default);
        var second = await HostEnrolment.PrepareAsync(lab.FolderOf("web"), KeyAlgorithm.EcdsaP256, lab.Clock, default);

        Assert.Equal(SigningRequests.Read(first).ExportSubjectPublicKeyInfo(), SigningRequests.Read(second).ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task An_enrolled_host_is_not_enrolled_over()
    {
        var master = await lab.MasterAsync();
        await lab.EnrolAsync(master, "web");

        Assert.Contains("already", (await Assert.ThrowsAsync<PkiException>(() => lab.EnrolAsync(master, "web"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another authority's fingerprint")]
    [InlineData("another host's role")]
    [InlineData("another key")]
    [InlineData("another authority's certificate")]
    [InlineData("no certificate")]
    [InlineData("a list of another number")]
    public async Task An_answer_that_does_not_fit_enrols_nobody(string fault)
    {
        using var elsewhere = new PkiLab();
        var (master, other) = (await lab.MasterAsync(), await elsewhere.MasterAsync());
        var request = await HostEnrolment.PrepareAsync(lab.FolderOf("web"), KeyAlgorithm.EcdsaP256, lab.Clock, default);
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var certificate = fault switch
        {
            "another host's role" => await master.IssueAsync(request, HostId.Parse("mail"), [], default),
            "another key" => await master.IssueAsync(SigningRequests.Create(key), HostId.Parse("web"), [], default),
            "another authority's certificate" => await other.IssueAsync(request, HostId.Parse("web"), [], default),
            _ => await master.IssueAsync(request, HostId.Parse("web"), [], default),
        };
        var reply = PkiLab.Reply(master, "web", fault == "no certificate" ? "" : certificate.ExportCertificatePem());
        reply = fault == "a list of another number" ? reply with { Trust = reply.Trust with { Version = 1 } } : reply;
        var expected = (fault == "another authority's fingerprint" ? other : master).Current.AuthorityFingerprint;

        var before = Files("web");

        await Assert.ThrowsAsync<PkiException>(() =>
            HostEnrolment.StoreAsync(lab.FolderOf("web"), expected, reply, lab.Clock, default, accepted: () => Assert.Fail("It does not fit.")));

        Assert.False(HostPki.IsEnrolled(lab.FolderOf("web")));
        Assert.Equal(before, Files("web"));
    }

    [Fact]
    public async Task A_certificate_is_renewed_from_two_thirds_on_with_a_new_key_and_taken_up_without_a_restart()
    {
        var master = await lab.MasterAsync();
        var (web, process) = (await lab.EnrolAsync(master, "web"), HostPki.Open(lab.FolderOf("web"), lab.Clock));
        var former = web.Current.Identity;
        lab.Clock.Advance(TimeSpan.FromDays(264));
        Assert.Null(await web.RequestRenewalAsync(default));
        lab.Clock.Advance(TimeSpan.FromDays(1));

        var request = await web.RequestRenewalAsync(default);
        var again = await web.RequestRenewalAsync(default);
        Assert.Equal(SigningRequests.Read(request).ExportSubjectPublicKeyInfo(), SigningRequests.Read(again).ExportSubjectPublicKeyInfo());
        var certificate = await master.IssueAsync(request, web.Host, [], default);
        await web.AcceptCertificateAsync(certificate.ExportCertificatePem(), default);

        Assert.Equal(CertificateFingerprint.Of(certificate), web.Current.Identity.Fingerprint);
        Assert.NotEqual(former.Certificate.GetPublicKey(), web.Current.Identity.Certificate.GetPublicKey());
        Assert.Null(await web.RequestRenewalAsync(default));
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CertificateFingerprint.Of(certificate), process.Current.Identity.Fingerprint);
        Assert.Equal(["ca.crt", "host.crt", "host.key", "pki.lock", "trust.json"], Files("web"));
    }

    [Fact]
    public async Task A_renewal_that_a_crash_interrupted_goes_on()
    {
        var master = await lab.MasterAsync();
        var web = await lab.EnrolAsync(master, "web");
        lab.Clock.Advance(TimeSpan.FromDays(270));
        var certificate = await master.IssueAsync(await web.RequestRenewalAsync(default), web.Host, [], default);
        await File.WriteAllTextAsync(lab.FolderOf("web").In("next-host.crt"), certificate.ExportCertificatePem());
        Assert.NotEqual(CertificateFingerprint.Of(certificate), HostPki.Open(lab.FolderOf("web"), lab.Clock).Current.Identity.Fingerprint);

        File.Move(lab.FolderOf("web").In("next-host.key"), lab.FolderOf("web").In("host.key"), overwrite: true);
        var reopened = HostPki.Open(lab.FolderOf("web"), lab.Clock);
        Assert.Equal(CertificateFingerprint.Of(certificate), reopened.Current.Identity.Fingerprint);

        lab.Clock.Advance(TimeSpan.FromDays(390));
        Assert.NotNull(await reopened.RequestRenewalAsync(default));
        Assert.Equal(CertificateFingerprint.Of(certificate), HostPki.Open(lab.FolderOf("web"), lab.Clock).Current.Identity.Fingerprint);
    }

    [Fact]
    public async Task A_renewed_certificate_of_another_host_is_not_taken()
    {
        var master = await lab.MasterAsync();
        var web = await lab.EnrolAsync(master, "web");
        var former = web.Current.Identity.Fingerprint;
        lab.Clock.Advance(TimeSpan.FromDays(270));
        var foreign = await master.IssueAsync(await web.RequestRenewalAsync(default), HostId.Parse("mail"), [], default);

        await Assert.ThrowsAsync<PkiException>(() => web.AcceptCertificateAsync(foreign.ExportCertificatePem(), default));

        Assert.Equal(former, web.Current.Identity.Fingerprint);
    }

    [Fact]
    public async Task A_newer_bundle_is_taken_and_an_older_one_is_not()
    {
        var master = await lab.MasterAsync();
        var (web, mail) = (await lab.EnrolAsync(master, "web"), await lab.EnrolAsync(master, "mail"));
        var old = master.Current.Bundle;
        await master.RevokeAsync(mail.Host, default);
        var bundle = master.Current.Bundle;

        Assert.True(await web.AcceptTrustAsync(bundle, default));
        Assert.False(await web.AcceptTrustAsync(bundle, default));

        Assert.Equal("revoked", web.Current.Policy.JudgeCertificate(mail.Current.Identity.Certificate, PeerUse.Client).Code);
        await Assert.ThrowsAsync<PkiException>(() => web.AcceptTrustAsync(old, default));
        Assert.Equal(bundle, web.Current.Bundle);
        Assert.Equal(bundle, HostPki.Open(lab.FolderOf("web"), lab.Clock).Current.Bundle);
    }

    [Theory]
    [InlineData("another authority")]
    [InlineData("another list")]
    [InlineData("no masters")]
    [InlineData("a name for a master")]
    [InlineData("another version")]
    [InlineData("no authority")]
    public async Task A_bundle_that_is_not_the_authoritys_changes_nothing(string fault)
    {
        using var elsewhere = new PkiLab();
        var (master, other) = (await lab.MasterAsync(), (await elsewhere.MasterAsync()).Current.Bundle);
        var web = await lab.EnrolAsync(master, "web");
        var held = web.Current.Bundle;
        await master.RevokeAsync(HostId.Parse("x"), default);
        var bundle = master.Current.Bundle;
        TrustBundle wrong = fault switch
        {
            "another authority" => other,
            "another list" => bundle with { RevocationList = other.RevocationList },
            "no masters" => bundle with { MasterFingerprints = [] },
            "a name for a master" => bundle with { MasterFingerprints = ["master"] },
            "no authority" => bundle with { Authority = "" },
            _ => bundle with { Version = bundle.Version + 100 },
        };

        await Assert.ThrowsAsync<PkiException>(() => web.AcceptTrustAsync(wrong, default));

        Assert.Equal(held, web.Current.Bundle);
    }

    [Fact]
    public async Task A_clock_that_is_an_hour_behind_takes_a_master_that_was_made_just_now()
    {
        lab.Clock.Advance(TimeSpan.FromHours(1));
        var master = await lab.MasterAsync();
        using var behind = new PkiLab();
        var request = await HostEnrolment.PrepareAsync(behind.FolderOf("web"), KeyAlgorithm.EcdsaP256, behind.Clock, default);
        var certificate = await master.IssueAsync(request, HostId.Parse("web"), [], default);

        await HostEnrolment.StoreAsync(
            behind.FolderOf("web"), master.Current.AuthorityFingerprint, PkiLab.Reply(master, "web", certificate.ExportCertificatePem()), behind.Clock, default);

        var web = HostPki.Open(behind.FolderOf("web"), behind.Clock).Current;
        Assert.True(web.Policy.Judge(master.Current.Identity.Certificate, web.Master(PeerUse.Client)).IsAccepted);
    }

    [Fact]
    public async Task An_overdue_revocation_list_is_said_once_a_day()
    {
        await lab.EnrolAsync(await lab.MasterAsync(), "web");
        var log = new Said();
        var web = HostPki.Open(lab.FolderOf("web"), lab.Clock, log);
        web.ReportAge();
        Assert.Empty(log.Texts);

        for (var hours = 0; hours < 30; hours++)
        {
            lab.Clock.Advance(hours == 0 ? TimeSpan.FromDays(31) : TimeSpan.FromHours(1));
            web.ReportAge();
        }

        Assert.Equal(2, log.Texts.Count);
        Assert.Contains("overdue by 1.00:00:00", log.Texts[0], StringComparison.Ordinal);
    }

    static FleetHost Row(HostPki host) => new()
    {
        HostId = host.Host, Name = host.Host.Value, EnrolledAt = Authority.Start, Fingerprint = host.Current.Identity.Fingerprint,
    };

    string[] Files(string host) => [.. Directory.GetFiles(lab.FolderOf(host).Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    sealed class Said : ILogger
    {
        internal List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));
    }
}
