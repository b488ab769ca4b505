namespace Decnet.Fleet.Tests.Model;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Deckies and fleets that use every property.</summary>
internal static class FleetSamples
{
    internal static Decky Decky(string name) => new()
    {
        Name = DeckyName.Parse(name),
        IPAddress = IPAddress.Parse("192.168.1.20"),
        Services = ["ssh", "http"],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim@sha256:0123",
        BuildBase = "debian:bookworm-slim",
        Hostname = "srv-accounting",
        Archetype = "linux-server",
        ServiceConfig = ValueMap<ValueMap<SettingValue>>.Empty.With(
            "ssh",
            ValueMap<SettingValue>.Empty
                .With("password", SettingValue.Of("p$ \"ü\" 🐝"))
                .With("port", SettingValue.Of(22L))
                .With("banner", SettingValue.Of(false))
                .With("users", SettingValue.Of(["root", "admin"]))),
        NmapOs = "windows",
        MacAddress = MacAddress.Parse("00:0c:29:4f:8a:11"),
        MutateInterval = TimeSpan.FromMinutes(45),
        LastMutated = DateTimeOffset.UnixEpoch.AddSeconds(1_767_225_600).AddTicks(1_234_567),
        LastLoginAttempt = DateTimeOffset.UnixEpoch.AddSeconds(1_767_225_601),
        HostId = HostId.Parse("edge-01"),
    };

    internal static Decky SmallestDecky(string name) => new()
    {
        Name = DeckyName.Parse(name),
        IPAddress = IPAddress.Parse("192.168.1.21"),
        Services = ["ssh"],
        Distro = "debian",
        BaseImage = "debian",
        BuildBase = "debian",
        Hostname = name,
    };

    internal static Fleet Fleet() => new()
    {
        Mode = FleetMode.Swarm,
        Interface = "eth0",
        Subnet = IPNetwork.Parse("192.168.1.0/24"),
        Gateway = IPAddress.Parse("192.168.1.1"),
        Driver = NetworkDriver.Ipvlan,
        Deckies = [Decky("web-01"), SmallestDecky("web-02")],
        LogFile = "/var/log/decnet.log",
        MutateInterval = TimeSpan.FromMinutes(30),
        Catalog = new CatalogOverlay { Images = ValueMap<string>.Empty.With("debian", "mirror.lan/debian") },
    };
}
