namespace Decnet.Fleet.Tests.Containers;

using System.Net;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Xunit;

public sealed class ConfigHashesTests
{
    static readonly Fleet Fleet = FleetJson.ReadFleet("""{"subnet":"10.0.0.0/24","gateway":"10.0.0.1","deckies":[]}""");

    static readonly Decky Decky = FleetJson.ReadDecky(
        """
        {"name":"db-1","ip":"10.0.0.7","services":["ssh","redis"],"distro":"debian","base_image":"debian:12","build_base":"debian:12",
         "hostname":"SRV-DB-77","service_config":{"redis":{"version":"7.2","os_string":"Linux"},"ssh":{"user":"ops"}}}
        """);

    static DeckyBlueprint Compose(Decky decky, Fleet? fleet = null) => new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet ?? Fleet, decky);

    static string[] Containers(DeckyBlueprint blueprint) => [blueprint.Base.ConfigHash, .. blueprint.Services.Select(service => service.ConfigHash)];

    static ContainerSpec Spec => Compose(Decky).Services[0] with { Volumes = [new() { Folder = "db-1/ssh", Path = "/var/log" }] };

    static string Hash(ContainerSpec spec) => ConfigHashes.Of(spec, new CanonicalBytes());

    [Fact]
    public void Hashes_are_marked_as_ours_and_repeatable()
    {
        Assert.All(Containers(Compose(Decky)), hash => Assert.True(ConfigHashes.IsOurs(hash)));
        Assert.Equal(Containers(Compose(Decky)), Containers(Compose(FleetJson.ReadDecky(FleetJson.Write(Decky)))));
        Assert.Equal(64, Compose(Decky).ConfigHash.Length);
        Assert.Equal(Compose(Decky).ConfigHash, Compose(Decky).ConfigHash);
        Assert.Equal(Decky, FleetJson.ReadDecky(Compose(Decky).ConfigJson));
    }

    [Fact]
    public void What_merely_happened_changes_no_hash()
    {
        var later = Decky with { LastMutated = DateTimeOffset.UnixEpoch.AddDays(1), LastLoginAttempt = DateTimeOffset.UnixEpoch.AddDays(2) };
        Assert.Equal(Containers(Compose(Decky)), Containers(Compose(later)));
        Assert.Equal(Compose(Decky).ConfigHash, Compose(later).ConfigHash);
        Assert.NotEqual(Compose(Decky).ConfigJson, Compose(later).ConfigJson);
    }

    [Fact]
    public void The_interval_of_rotation_changes_the_decky_but_no_container()
    {
        var other = Decky with { MutateInterval = TimeSpan.FromMinutes(5) };
        Assert.Equal(Containers(Compose(Decky)), Containers(Compose(other)));
        Assert.NotEqual(Compose(Decky).ConfigHash, Compose(other).ConfigHash);
    }

    [Fact]
    public void The_driver_changes_the_decky() =>
        Assert.NotEqual(Compose(Decky).ConfigHash, Compose(Decky, Fleet with { Driver = NetworkDriver.Ipvlan }).ConfigHash);

    [Fact]
    public void The_order_of_settings_changes_nothing()
    {
        var turned = Decky with
        {
            ServiceConfig = new(Decky.ServiceConfig.Reverse().Select(pair => KeyValuePair.Create(pair.Key, new ValueMap<SettingValue>(pair.Value.Reverse())))),
        };
        Assert.Equal(Decky, turned);
        Assert.Equal(Compose(Decky).ConfigHash, Compose(turned).ConfigHash);
        Assert.Equal(Containers(Compose(Decky)), Containers(Compose(turned)));
    }

    [Fact]
    public void A_setting_changes_its_own_container_only()
    {
        var other = Decky with { ServiceConfig = Decky.ServiceConfig.With("ssh", new([new("user", SettingValue.Of("dev"))])) };
        var (before, after) = (Containers(Compose(Decky)), Containers(Compose(other)));
        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[1], after[1]);
        Assert.Equal(before[2], after[2]);
    }

    [Fact]
    public void Every_field_counts()
    {
        ContainerSpec[] variants =
        [
            Spec, Spec with { Name = "x" }, Spec with { Role = ContainerRole.Base }, Spec with { ServiceName = null }, Spec with { ServiceName = "" },
            Spec with { Image = "x" }, Spec with { Command = ["a", "b"] }, Spec with { Command = ["ab"] }, Spec with { Command = ["ab", ""] },
            Spec with { Hostname = "x" }, Spec with { Environment = Spec.Environment.With("A", "BC") }, Spec with { Environment = Spec.Environment.With("AB", "C") },
            Spec with { Labels = Spec.Labels.With("a", "b") }, Spec with { Sysctls = Spec.Sysctls.With("a", "b") }, Spec with { Capabilities = [] },
            Spec with { Volumes = [] }, Spec with { Volumes = [Spec.Volumes[0] with { ReadOnly = true }] }, Spec with { Ports = [] },
            Spec with { Ports = [new(PortProtocol.Udp, 22)] }, Spec with { NetworkName = "x" }, Spec with { IPAddress = IPAddress.Loopback },
            Spec with { MacAddress = MacAddress.Parse("00:50:56:00:00:01") },
        ];
        Assert.Distinct(variants.Select(Hash));
    }

    [Fact]
    public void A_map_in_another_order_is_the_same_map() =>
        Assert.Equal(Hash(Spec), Hash(Spec with { Environment = new(Spec.Environment.Reverse()), Labels = new(Spec.Labels.Reverse()) }));
}
