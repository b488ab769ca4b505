namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

/// <summary>What deckies keep of what they were before, one rule at a time; see PreviousProperties for all at once.</summary>
public sealed class PreviousTests
{
    static readonly DateTimeOffset Rotated = Now.AddDays(-3);

    static readonly FleetIniDecky Open = Section("a", 1) with { Services = null, Distro = null };

    static readonly Decky Before = Builder().Build(Description(Open), new() { Seed = 7 }).Deckies[0] with
    {
        IPAddress = IP("10.0.0.77"),
        LastMutated = Rotated,
        LastLoginAttempt = Now.AddDays(-1),
    };

    static FleetBuildResult Try(FleetIniDecky decky, Decky? before = null, FleetIniOptions? options = null) =>
        new FleetBuilder(new FakeTimeProvider(Now), new Random(9)).TryBuild(Description(decky), (options ?? new()) with { Previous = [before ?? Before] });

    static Decky Again(FleetIniDecky decky, Decky? before = null, FleetIniOptions? options = null) => Try(decky, before, options).GetFleet().Deckies[0];

    [Fact]
    public void What_is_left_open_stays_as_it_was() => Assert.Equal(Before, Again(Open));

    [Fact]
    public void What_is_said_wins_and_the_rest_stays()
    {
        var said = Open with
        {
            IPAddress = IP("10.0.0.9"),
            Services = ["ftp", "ssh"],
            Hostname = "files",
            MutateInterval = TimeSpan.FromMinutes(5),
            Settings = Settings("ssh", "password", "x", 3),
        };
        var expected = Before with
        {
            IPAddress = IP("10.0.0.9"),
            Hostname = "files",
            Services = ["ftp", "ssh"],
            ServiceConfig = new([new("ssh", new([new("password", SettingValue.Of("x"))]))]),
        };
        Assert.Equal(expected, Again(said with { MutateInterval = null }));
        Assert.Equal(TimeSpan.FromMinutes(5), Again(said).MutateInterval);
    }

    [Fact]
    public void A_decky_that_rotates_keeps_the_services_that_rotation_gave_it()
    {
        var rotating = Section("a", 1) with { MutateInterval = TimeSpan.FromMinutes(5) };
        var rotated = Again(rotating) with { Services = ["smtp", "dns"] };
        Assert.Equal(rotated, Again(rotating, rotated));
        Assert.Equal(["ssh"], Again(rotating, rotated with { LastMutated = null }).Services);
        Assert.Equal(["ssh"], Again(rotating with { MutateInterval = Timeout.InfiniteTimeSpan }, rotated).Services);
        Assert.Equal("ssh", Again(rotating with { Archetype = "linux-server" }, rotated).Services[0]);
    }

    [Fact]
    public void Settings_stay_for_services_that_rotation_may_bring_back()
    {
        var rotating = Section("a", 1) with { MutateInterval = TimeSpan.FromMinutes(5), Settings = Settings("ssh", "password", "x", 3) };
        var rotated = Again(rotating) with { Services = ["smtp"] };
        var result = Try(rotating, rotated);
        Assert.Equal(rotated, result.GetFleet().Deckies[0]);
        Assert.Equal("x", rotated.ServiceConfig["ssh"]["password"].ToString());
        Assert.Empty(result.Issues);
        Assert.Equal("y", Again(rotating with { Settings = Settings("ssh", "password", "y", 3) }, rotated).ServiceConfig["ssh"]["password"].ToString());
        Assert.Empty(Again(rotating with { Settings = ValueMap<ValueMap<FleetIniValue>>.Empty }, rotated).ServiceConfig);
    }

    [Fact]
    public void Faults_of_a_description_do_not_hide_behind_rotation()
    {
        var faulty = Section("a", 1) with { Services = ["smtp", "smtp_relay"], MutateInterval = TimeSpan.FromMinutes(5), NmapOs = "windos" };
        Assert.Equal(["unknown-os-family"], Try(faulty).Errors.Select(issue => issue.Code));
        Assert.Equal(["port-conflict"], Try(faulty with { NmapOs = null }).Errors.Select(issue => issue.Code));
    }

    [Fact]
    public void Services_that_no_longer_fit_are_drawn_anew()
    {
        Assert.NotEqual(["gone"], Again(Open, Before with { Services = ["gone"] }).Services);
        Assert.NotEqual(["smtp", "smtp_relay"], Again(Open, Before with { Services = ["smtp", "smtp_relay"] }).Services);
        Assert.NotEqual(Before.Services, Again(Open, Before with { Archetype = "printer" }).Services);
        Assert.Equal(FleetCatalog.BuiltIn.FindArchetype("printer")!.Services, Again(Open with { Archetype = "printer" }).Services);
    }

    [Fact]
    public void Another_family_of_systems_has_other_host_names_and_vendors()
    {
        var windows = Again(Open with { NmapOs = "windows" });
        Assert.NotEqual(Before.Hostname, windows.Hostname);
        Assert.Contains(FleetCatalog.BuiltIn.FindOsFamily("windows")!.MacVendors, vendor => windows.MacAddress.ToString()!.StartsWith(vendor, StringComparison.Ordinal));
        Assert.Equal((Before.IPAddress, Before.Services, Before.Distro), (windows.IPAddress, windows.Services, windows.Distro));
        var shared = Before with { MacAddress = MacAddress.Parse("00:0c:29:00:00:07") };
        var bsd = Again(Open with { NmapOs = "bsd" }, shared);
        Assert.Equal((shared.Hostname, shared.MacAddress, "bsd"), (bsd.Hostname, bsd.MacAddress, bsd.NmapOs));
    }

    [Fact]
    public void Another_distro_brings_its_images_and_its_way_of_naming()
    {
        var kali = Again(Open with { Distro = "kali" });
        var definition = FleetCatalog.BuiltIn.FindDistro("kali")!;
        Assert.Equal(("kali", definition.Image, definition.BuildBase), (kali.Distro, kali.BaseImage, kali.BuildBase));
        Assert.NotEqual(Before.Hostname, kali.Hostname);
        Assert.Equal(Before.MacAddress, kali.MacAddress);
        var alike = Again(Open with { Distro = "ubuntu22" }, Before with { Distro = "ubuntu20" });
        Assert.Equal(("ubuntu22", Before.Hostname), (alike.Distro, alike.Hostname));
    }

    [Fact]
    public void Images_stay_when_the_catalog_moves_on_but_not_when_the_fleet_says_which()
    {
        var old = Before with { BaseImage = "debian:old", BuildBase = "debian:old" };
        Assert.Equal(old, Again(Open, old));
        var own = FleetCatalog.BuiltIn.FindDistro(old.Distro)! with { Image = "lab/debian:1", Override = true };
        Assert.Equal("lab/debian:1", Again(Open, old, new() { Catalog = new() { Distros = [own] } }).BaseImage);
    }

    [Theory]
    [InlineData("10.0.1.9")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.5")]
    [InlineData("10.0.0.8")]
    [InlineData("10.0.0.103")]
    [InlineData("10.0.0.255")]
    public void An_address_that_the_decky_cannot_have_any_more_is_another_one_with_a_warning(string address)
    {
        var options = new FleetIniOptions { HostAddresses = [IP("10.0.0.5")], Reserved = [IP("10.0.0.8")], ExcludedRanges = [AddressRange.Parse("10.0.0.100-10.0.0.120")] };
        var result = Try(Open, Before with { IPAddress = IP(address) }, options);
        var warning = Assert.Single(result.Issues);
        Assert.Equal(("moved-address", FleetIssueSeverity.Warning, "a", 1), (warning.Code, warning.Severity, warning.Target, warning.Line));
        Assert.Equal(Before with { IPAddress = IP("10.0.0.2") }, result.GetFleet().Deckies[0]);
    }

    [Fact]
    public void What_another_decky_asks_for_is_not_kept()
    {
        var ini = Description(Open, Section("b", 4) with { IPAddress = Before.IPAddress, Hostname = Before.Hostname });
        var result = Builder().TryBuild(ini, new() { Previous = [Before] });
        Assert.Equal("moved-address", Assert.Single(result.Issues).Code);
        Assert.Equal(["10.0.0.2", "10.0.0.77"], result.GetFleet().Deckies.Select(decky => decky.IPAddress.ToString()));
        Assert.NotEqual(Before.Hostname, result.GetFleet().Deckies[0].Hostname, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Deckies_that_are_not_named_keep_what_they_have_from_others()
    {
        var gone = Before with { Name = DeckyName.Parse("gone"), IPAddress = IP("10.0.0.2"), Hostname = "old", MacAddress = MacAddress.Parse("00:0c:29:00:00:07") };
        Assert.Equal("10.0.0.3", Again(Open with { Name = DeckyName.Parse("new") }, gone).IPAddress.ToString());
        Assert.Equal("bad-address", Assert.Single(Try(Open with { IPAddress = gone.IPAddress }, gone).Issues).Code);
        Assert.Equal("duplicate-hostname", Assert.Single(Try(Open with { Hostname = "OLD" }, gone).Issues).Code);
        var result = Builder().TryBuild(Description(Open), new() { Previous = [gone, Before with { MacAddress = gone.MacAddress }] });
        Assert.NotEqual(gone.MacAddress, result.GetFleet().Deckies[0].MacAddress);
    }

    [Fact]
    public void A_decky_stays_on_its_host_unless_another_one_is_named_for_all()
    {
        var far = Before with { HostId = HostId.Parse("h-2") };
        Assert.Equal(far, Again(Open, far));
        Assert.Equal(far with { HostId = HostId.Parse("h-3") }, Again(Open with { HostId = HostId.Parse("h-3") }, far));
        Assert.Equal("duplicate-name", Assert.Single(Try(Open, far, new() { HostId = HostId.Local }).Issues).Code);
        Assert.Equal(far, Again(Open, far, new() { HostId = HostId.Parse("h-2") }));
        Assert.Equal(Before with { HostId = HostId.Local }, Again(Open, Before, new() { HostId = HostId.Local }));
        Assert.Equal(["decky-02"], Build(Ssh with { Count = 1, HostId = HostId.Local, Previous = [far with { Name = DeckyName.Parse("decky-01") }] }).Deckies.Select(decky => decky.Name.Value));
    }

    [Fact]
    public void A_MAC_address_is_made_where_there_was_none_and_left_out_with_ipvlan()
    {
        Assert.NotNull(Again(Open, Before with { MacAddress = null }).MacAddress);
        Assert.Null(Again(Open, options: new() { Driver = NetworkDriver.Ipvlan }).MacAddress);
    }

    [Fact]
    public void New_deckies_have_services_that_those_from_before_have_not()
    {
        var first = Build(Random with { Count = 60 }).Deckies;
        var both = Build(Random with { Count = 120, Seed = 2, Previous = first }).Deckies;
        Assert.Equal(first, both.Take(60));
        Assert.Equal(120, both.Select(decky => decky.Services).Distinct().Count());
    }

    [Fact]
    public void New_deckies_go_on_with_the_turns_of_distros()
    {
        var request = Ssh with { Count = 1, Distros = null };
        var deckies = ValueList<Decky>.Empty;
        for (var count = 1; count <= 9; count++)
        {
            deckies = Build(request with { Count = count, Seed = count, Previous = deckies }).Deckies;
        }

        Assert.Equal(FleetCatalog.BuiltIn.Distros.Select(distro => distro.Slug), deckies.Select(decky => decky.Distro));
    }
}
