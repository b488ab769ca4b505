namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;
using Xunit;

public sealed class MasterRotationTests : IDisposable
{
    readonly PkiLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task The_next_certificate_is_announced_at_two_thirds_and_used_when_all_active_hosts_know_it()
    {
        var master = await lab.MasterAsync();
        var former = master.Current.Identity.Fingerprint;
        var web = await lab.EnrolAsync(master, "web");
        var listening = lab.Clock.GetUtcNow();
        await SkipToAsync(master, 0.6);
        Assert.Empty(await master.MaintainAsync(Versions(web), default));

        await SkipToAsync(master, 0.67);
        Assert.Equal([MasterRotationStep.Prepare, MasterRotationStep.Announce], await master.MaintainAsync(Versions(web), default));
        var bundle = master.Current.Bundle;
        Assert.Equal(2, bundle.MasterFingerprints.Count);
        Assert.Equal(former, master.Current.Identity.Fingerprint);

        lab.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await master.MaintainAsync(Versions(web), default));

        Assert.True(await web.AcceptTrustAsync(bundle, default));
        Assert.Equal([MasterRotationStep.Switch, MasterRotationStep.Finish], await master.MaintainAsync(Versions(web), default));
        var now = master.Current.Identity;
        Assert.Equal(bundle.MasterFingerprints[1], now.Fingerprint);
        Assert.Equal([now.Fingerprint], master.Current.Bundle.MasterFingerprints);
        Assert.True(web.Current.Policy.Judge(now.Certificate, web.Current.Master(PeerUse.Server)).IsAccepted);
        Assert.Equal(["198.18.4.1", "master.lab"], LeafExtensions.NamesOf(now.Certificate));
        Assert.Empty(await master.MaintainAsync(Versions(web), default));
        Assert.Empty(Directory.GetFiles(lab.MasterFolder.Path, "next-*"));

        Assert.True(await web.AcceptTrustAsync(master.Current.Bundle, default));
        Assert.Equal([now.Fingerprint], web.Current.Bundle.MasterFingerprints);

        MasterRotationView Versions(params HostPki[] hosts) => Views.Hosts(listening, [.. hosts.Select(host => host.Current.Bundle.Version)]);
    }

    [Theory]
    [InlineData("all know it", true)]
    [InlineData("one does not", false)]
    [InlineData("nobody is heard of", false)]
    [InlineData("nobody is enrolled", true)]
    [InlineData("just announced", false)]
    [InlineData("just started", false)]
    [InlineData("nine tenths over", true)]
    public void The_switch_waits_for_hosts_but_not_for_ever(string situation, bool switches)
    {
        using var authority = new Authority();
        var (current, next) = (authority.Master(), authority.Master());
        var now = Authority.Start.AddDays(situation == "nine tenths over" ? 360 : 280);
        var announced = new NextMasterAnnouncement(CertificateFingerprint.Of(next), 10, situation == "just announced" ? now.AddHours(-1) : now.AddDays(-5));
        var view = new MasterRotationView
        {
            Hosts = situation == "nobody is enrolled" ? 0 : 3,
            ActiveVersions = situation switch
            {
                "nobody is enrolled" or "nobody is heard of" => [],
                "one does not" or "nine tenths over" => [10, 12, 9],
                _ => [10, 12],
            },
            ListeningSince = situation == "just started" ? now.AddMinutes(-1) : now.AddDays(-100),
        };

        Assert.Equal(switches ? MasterRotationStep.Switch : MasterRotationStep.None, Rotation(authority, current, next, announced, now).NextStep(view, now));
    }

    [Fact]
    public void A_certificate_that_was_not_announced_is_announced_first()
    {
        using var authority = new Authority();
        var now = Authority.Start.AddDays(390);
        var stale = new NextMasterAnnouncement(new string('a', 64), 10, Authority.Start);

        foreach (var announced in new[] { null, stale })
        {
            Assert.Equal(
                MasterRotationStep.Announce,
                Rotation(authority, authority.Master(), authority.Master(), announced, now).NextStep(Views.Hosts(Authority.Start, 99), now));
        }
    }

    [Fact]
    public async Task Two_processes_make_one_next_certificate()
    {
        var masters = new[] { await lab.MasterAsync(), await lab.MasterAsync() };
        await lab.EnrolAsync(masters[0], "web");
        await SkipToAsync(masters[0], 0.7);
        var view = Views.Hosts(lab.Clock.GetUtcNow(), 1);

        await lab.PassAsync(masters.Select<MasterPki, Func<Task<IReadOnlyList<MasterRotationStep>>>>(master => () => master.MaintainAsync(view, default)));

        lab.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(masters[0].Current.Bundle.MasterFingerprints, masters[1].Current.Bundle.MasterFingerprints);
        Assert.Equal(2, masters[0].Current.Bundle.MasterFingerprints.Count);
    }

    [Fact]
    public async Task A_switch_that_a_crash_interrupted_goes_on()
    {
        var master = await lab.MasterAsync();
        await lab.EnrolAsync(master, "web");
        await SkipToAsync(master, 0.7);
        await master.MaintainAsync(Views.Hosts(lab.Clock.GetUtcNow(), 1), default);
        var next = master.Current.Bundle.MasterFingerprints[1];
        File.Move(lab.MasterFolder.In("next-master.key"), lab.MasterFolder.In("master.key"), overwrite: true);

        var reopened = await lab.MasterAsync();
        Assert.Equal(next, reopened.Current.Identity.Fingerprint);
        Assert.Equal([MasterRotationStep.Finish], await reopened.MaintainAsync(Views.Hosts(lab.Clock.GetUtcNow(), 1), default));
        Assert.Equal([next], reopened.Current.Bundle.MasterFingerprints);
        Assert.Empty(Directory.GetFiles(lab.MasterFolder.Path, "next-*"));
    }

    [Fact]
    public void The_view_counts_active_hosts_alone()
    {
        FleetHost Host(string name, FleetHostStatus status, double minutesAgo, long version) => new()
        {
            HostId = HostId.Parse(name), Name = name, EnrolledAt = Authority.Start, Status = status, Fingerprint = "f",
            LastHeartbeat = Authority.Start.AddMinutes(-minutesAgo), TrustVersion = version,
        };

        var view = MasterRotationView.Of(
            [Host("a", FleetHostStatus.Active, 0, 7), Host("b", FleetHostStatus.Active, 5, 6), Host("c", FleetHostStatus.Enrolled, 0, 0)],
            Authority.Start, Authority.Start);

        Assert.Equal([7], view.ActiveVersions);
        Assert.Equal(3, view.Hosts);
    }

    static MasterRotation Rotation(Authority authority, X509Certificate2 current, X509Certificate2 next, NextMasterAnnouncement? announced, DateTimeOffset now) => new()
    {
        Current = current,
        Next = next,
        Announced = announced,
        Revocations = authority.Signer.Revoke(null, [], TimeSpan.FromDays(30), now),
    };

    /// <summary>Lets a share of the certificate's time go by, with a fresh revocation list so that it does not get in the way.</summary>
    async Task SkipToAsync(MasterPki master, double share)
    {
        var certificate = master.Current.Identity.Certificate;
        lab.Clock.Advance(certificate.NotBefore + (RenewalRule.Lifetime(certificate) * share) - lab.Clock.GetUtcNow());
        await master.RevokeAsync(HostId.Parse("nobody"), default);
    }
}
