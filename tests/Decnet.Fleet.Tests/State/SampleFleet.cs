namespace Decnet.Fleet.Tests.State;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Fleets for tests, the same for the same seed.</summary>
static class SampleFleet
{
    static readonly string[] Services = ["ssh", "http", "smb", "ftp", "rdp", "mysql", "docker_api"];
    static readonly string[] Texts = ["a", "", "Grüße „x“ \\ \" \n\t", "\u2028+<>&'", "😀", "b64:Zm9v"];

    public static Fleet Of(int deckies, int seed = 1)
    {
        var random = new Random(seed);
        return new Fleet
        {
            Mode = Pick(random, [FleetMode.Unihost, FleetMode.Swarm]),
            Interface = Pick(random, [null, "eth0"]),
            Subnet = IPNetwork.Parse("10.0.0.0/8"),
            Gateway = IPAddress.Parse("10.0.0.1"),
            Driver = Pick(random, [NetworkDriver.Macvlan, NetworkDriver.Ipvlan, NetworkDriver.Bridge]),
            LogFile = Pick(random, [null, "/var/log/decnet.log"]),
            MutateInterval = Pick(random, [(TimeSpan?)null, TimeSpan.FromMinutes(30)]),
            Deckies = [.. Enumerable.Range(0, deckies).Select(index => Decky(random, index))],
        };
    }

    static Decky Decky(Random random, int index) => new()
    {
        Name = DeckyName.Parse($"decky-{index + 1:00}"),
        IPAddress = new IPAddress([10, (byte)(1 + (index >> 16)), (byte)(index >> 8), (byte)index]),
        Services = [.. Services.OrderBy(_ => random.Next()).Take(random.Next(1, 4))],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim@sha256:f9c6a2fd2ddbc23e336b6257a5245e31f996953ef06cd13a59fa0a1df2d5c252",
        BuildBase = "debian:bookworm-slim@sha256:f9c6a2fd2ddbc23e336b6257a5245e31f996953ef06cd13a59fa0a1df2d5c252",
        Hostname = $"SRV-PROD-{random.Next(100):00}",
        Archetype = Pick(random, [null, "linux-server"]),
        NmapOs = Pick(random, ["linux", "windows"]),
        MacAddress = random.Next(2) == 0 ? null : MacAddress.FromVendor(0x000C29, (uint)random.Next(1 << 24)),
        MutateInterval = random.Next(2) == 0 ? null : TimeSpan.FromMinutes(random.Next(1, 1000)),
        LastMutated = random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1, 30_000_000_000_000_000)),
        HostId = Pick(random, [(HostId?)null, HostId.Parse("b0b6bf5e-9a4c-4a34-8f0a-000000000001")]),
        ServiceConfig = random.Next(2) == 0
            ? ValueMap<ValueMap<SettingValue>>.Empty
            : ValueMap<ValueMap<SettingValue>>.Empty.With("ssh", ValueMap<SettingValue>.Empty
                .With("banner", SettingValue.Of(Pick(random, Texts)))
                .With("port", SettingValue.Of(random.NextInt64()))
                .With("on", SettingValue.Of(random.Next(2) == 0))
                .With("users", SettingValue.Of([Pick(random, Texts), "root"]))),
    };

    static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
