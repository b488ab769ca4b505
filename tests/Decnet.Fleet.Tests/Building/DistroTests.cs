namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class DistroTests
{
    static string[] Distros(FleetRequest request) => [.. Build(request).Deckies.Select(decky => decky.Distro)];

    static string[] Distros(params FleetIniDecky[] deckies) => [.. Builder().Build(Description(deckies)).Deckies.Select(decky => decky.Distro)];

    [Fact]
    public void Explicit_distros_take_turns() =>
        Assert.Equal(["kali", "debian", "kali"], Distros(Ssh with { Distros = ["kali", "debian"], RandomizeDistros = true, Archetype = "iot-device" }));

    [Fact]
    public void The_distros_of_the_archetype_come_next() =>
        Assert.Equal(["alpine", "debian", "alpine"], Distros(Ssh with { Distros = null, Services = null, Archetype = "printer" }));

    [Fact]
    public void All_distros_take_turns_otherwise() =>
        Assert.Equal([.. FleetCatalog.BuiltIn.Distros.Select(distro => distro.Slug), "debian"], Distros(Ssh with { Distros = [], Count = 10 }));

    [Fact]
    public void Random_distros_come_before_those_of_the_archetype()
    {
        var distros = Distros(Ssh with { Distros = null, Archetype = "iot-device", RandomizeDistros = true, Count = 100 });
        Assert.Equal(9, distros.Distinct().Count());
        Assert.NotEqual(distros[..9], distros[9..18]);
    }

    [Fact]
    public void Images_are_those_of_the_distro()
    {
        var decky = Build(Ssh with { Distros = ["rocky9"] }).Deckies[0];
        Assert.StartsWith("rockylinux:9-minimal@sha256:", decky.BaseImage, StringComparison.Ordinal);
        Assert.StartsWith("debian:bookworm-slim@sha256:", decky.BuildBase, StringComparison.Ordinal);
    }

    [Fact, Trait("Weakness", "W-04")]
    public void Services_that_are_built_on_another_distro_warn_once()
    {
        var result = Builder().TryBuild(Ssh with { Distros = ["rocky9", "debian", "arch"], Count = 9 });
        Assert.Contains("rocky9, arch", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
        Assert.Empty(Builder().TryBuild(Ssh).Issues);
    }

    [Fact]
    public void An_unknown_distro_is_refused() => Assert.Equal("unknown-distro", Only(Ssh with { Distros = ["debian", "debain"] }).Code);

    [Fact, Trait("Weakness", "W-11")]
    public void A_group_begins_with_the_first_distro_of_its_archetype()
    {
        static FleetIniDecky As(FleetIniDecky decky, string archetype) => decky with { Services = null, Distro = null, Archetype = archetype };
        Assert.Equal(
            ["debian", "ubuntu22", "rocky9", "alpine", "debian", "alpine", "alpine", "debian"],
            Distros([.. Group("web", 1, 3, d => As(d, "linux-server")), .. Group("hp", 9, 3, d => As(d, "printer")), .. Group("lp", 12, 2, d => As(d, "printer"))]));
    }

    [Fact, Trait("Weakness", "W-11")]
    public void Single_deckies_of_a_kind_take_turns_whatever_stands_between_them()
    {
        var single = Section("a", 1) with { Distro = null };
        Assert.Equal(
            ["debian", "alpine", "ubuntu22", "debian"],
            Distros(single, Section("p", 3) with { Distro = null, Archetype = "printer" }, single with { Name = DeckyName.Parse("b"), Section = "b" }, Section("q", 9) with { Distro = null, Archetype = "printer" }));
    }

    [Fact, Trait("Weakness", "W-12")]
    public void A_section_can_name_its_distro_and_host_name()
    {
        var decky = Builder().Build(Description(Section("a", 1) with { Distro = "kali", Hostname = "files.corp.local" })).Deckies[0];
        Assert.Equal(("kali", "files.corp.local"), (decky.Distro, decky.Hostname));
    }
}
