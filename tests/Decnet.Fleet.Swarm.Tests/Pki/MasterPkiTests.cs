namespace Decnet.Fleet.Swarm.Tests.Pki;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;
using Xunit;

public sealed class MasterPkiTests : IDisposable
{
    readonly PkiLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Opening_makes_an_authority_once()
    {
        var first = (await lab.MasterAsync()).Current;
        var files = Contents();

        var second = (await lab.MasterAsync()).Current;

        Assert.Equal(first.AuthorityFingerprint, second.AuthorityFingerprint);
        Assert.Equal(first.Identity.Fingerprint, second.Identity.Fingerprint);
        Assert.Equal(files, Contents());
        Assert.Equal([first.Identity.Fingerprint], first.Bundle.MasterFingerprints);
        Assert.True(first.Policy.Judge(first.Identity.Certificate, PeerExpectation.Master(PeerUse.Server, first.Bundle.MasterFingerprints)).IsAccepted);
        Assert.Equal(["198.18.4.1", "master.lab"], LeafExtensions.NamesOf(first.Identity.Certificate));
    }

    [Fact]
    public async Task Many_at_once_make_one_authority()
    {
        var masters = await lab.PassAsync(Enumerable.Range(0, 8).Select<int, Func<Task<MasterPki>>>(_ => () => lab.MasterAsync()));

        Assert.Single(masters.Select(master => master.Current.AuthorityFingerprint).Distinct());
        Assert.Single(masters.Select(master => master.Current.Identity.Fingerprint).Distinct());
    }

    [Theory]
    [InlineData("ca.key")]
    [InlineData("ca.key", "ca.crl")]
    [InlineData("ca.key", "ca.crl", "ca.crt")]
    [InlineData("ca.key", "ca.crl", "ca.crt", "next-master.key=master.key")]
    [InlineData("ca.key", "ca.crl", "ca.crt", "next-master.key=master.key", "next-master.crt=master.crt")]
    [InlineData("ca.key", "ca.crl", "ca.crt", "master.key", "next-master.crt=master.crt")]
    public async Task What_a_crash_left_of_a_creation_is_completed(params string[] left)
    {
        using var crashed = new PkiLab();
        await lab.MasterAsync();
        crashed.MasterFolder.Create();
        foreach (var file in left.Select(name => name.Split('=')))
        {
            File.Copy(lab.MasterFolder.In(file[^1]), crashed.MasterFolder.In(file[0]));
        }

        await File.WriteAllTextAsync(crashed.MasterFolder.In(".ca.key.123-4.tmp"), "half a k");
        var now = (await crashed.MasterAsync()).Current;

        Assert.True(now.Policy.Judge(now.Identity.Certificate, PeerExpectation.Master(PeerUse.Server, now.Bundle.MasterFingerprints)).IsAccepted);
        Assert.Equal(await File.ReadAllTextAsync(lab.MasterFolder.In("ca.key")), await File.ReadAllTextAsync(crashed.MasterFolder.In("ca.key")));
        if (left.Contains("ca.crt"))
        {
            Assert.Equal(await File.ReadAllTextAsync(lab.MasterFolder.In("ca.crt")), await File.ReadAllTextAsync(crashed.MasterFolder.In("ca.crt")));
        }

        await (await crashed.MasterAsync()).RevokeAsync(HostId.Parse("web"), default);
        Assert.Empty(Directory.GetFiles(crashed.MasterFolder.Path, "next-*"));
        Assert.Empty(Directory.GetFiles(crashed.MasterFolder.Path, "*.tmp"));
    }

    [Fact]
    public async Task A_host_gets_what_the_master_says_and_not_what_it_asks_for()
    {
        var master = await lab.MasterAsync();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        var certificate = await master.IssueAsync(SigningRequests.Create(key), HostId.Parse("web"), ["198.18.4.7"], default);

        Assert.Equal("CN=decnet host web", certificate.Subject);
        Assert.True(master.Current.Policy.Judge(
            certificate, PeerExpectation.Host(PeerUse.Client, HostId.Parse("web"), [CertificateFingerprint.Of(certificate)])).IsAccepted);
        Assert.Null(EmbeddedAuthority.Read(certificate));
        Assert.Equal(master.Current.AuthorityFingerprint, CertificateFingerprint.Of(EmbeddedAuthority.Read(master.Current.Identity.Certificate)!));
    }

    [Fact]
    public async Task Revoking_a_host_revokes_every_certificate_it_was_given_and_nothing_else()
    {
        var (master, other) = (await lab.MasterAsync(), await lab.MasterAsync());
        var web = await lab.EnrolAsync(master, "web");
        var mail = await lab.EnrolAsync(master, "mail");
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var lost = await master.IssueAsync(SigningRequests.Create(key), web.Host, [], default);
        var before = master.Current.Bundle.Version;

        var version = await master.RevokeAsync(web.Host, default);

        Assert.True(version > before);
        Assert.Equal(version, master.Current.Bundle.Version);
        Assert.Equal("revoked", master.Current.Policy.JudgeCertificate(web.Current.Identity.Certificate, PeerUse.Client).Code);
        Assert.Equal("revoked", master.Current.Policy.JudgeCertificate(lost, PeerUse.Client).Code);
        Assert.True(master.Current.Policy.JudgeCertificate(mail.Current.Identity.Certificate, PeerUse.Client).IsAccepted);

        // The other process looks at the file when its next second has begun.
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("revoked", other.Current.Policy.JudgeCertificate(lost, PeerUse.Client).Code);
    }

    [Fact]
    public async Task A_list_is_signed_anew_at_half_of_its_time_and_expired_certificates_are_forgotten()
    {
        var master = await lab.MasterAsync(new AuthorityOptions { LeafLifetime = TimeSpan.FromDays(10_000) });
        var gone = await lab.MasterAsync(new AuthorityOptions { LeafLifetime = TimeSpan.FromDays(1) });
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        await gone.IssueAsync(SigningRequests.Create(key), HostId.Parse("old"), [], default);
        await master.IssueAsync(SigningRequests.Create(key), HostId.Parse("web"), [], default);
        await master.RevokeAsync(HostId.Parse("web"), default);
        var version = master.Current.Bundle.Version;

        Assert.Empty(await master.MaintainAsync(Views.Nobody(lab.Clock), default));
        lab.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal([MasterRotationStep.Refresh], await master.MaintainAsync(Views.Nobody(lab.Clock), default));

        Assert.True(master.Current.Bundle.Version > version);
        Assert.Single(master.Current.Revocations.Revoked);
        Assert.Single(Directory.GetFiles(lab.MasterFolder.In("issued")));
        Assert.Empty(await master.MaintainAsync(Views.Nobody(lab.Clock), default));
    }

    [Fact]
    public async Task A_change_that_cannot_be_read_leaves_the_former_in_force()
    {
        var master = await lab.MasterAsync();
        var before = master.Current;
        await File.WriteAllTextAsync(lab.MasterFolder.In("ca.crl"), "half a li");

        lab.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Same(before, master.Current);
    }

    Dictionary<string, string> Contents() => Directory.GetFiles(lab.MasterFolder.Path).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
