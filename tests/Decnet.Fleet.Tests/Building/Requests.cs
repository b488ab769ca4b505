namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

/// <summary>Valid inputs to start from, and a builder with a clock that stands still.</summary>
static class Requests
{
    internal static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly FleetRequest Ssh = new()
    {
        Count = 3,
        Subnet = IPNetwork.Parse("10.0.0.0/24"),
        Gateway = IP("10.0.0.1"),
        HostAddresses = [IP("10.0.0.5")],
        Services = ["ssh"],
        Distros = ["debian"],
        Seed = 1,
    };

    internal static readonly FleetRequest Random = Ssh with { Services = null, RandomizeServices = true };

    internal static IPAddress IP(string text) => IPAddress.Parse(text);

    internal static FleetBuilder Builder() => new(new FakeTimeProvider(Now), new Random(1));

    internal static Fleet Build(FleetRequest request) => Builder().Build(request);

    internal static string[] Codes(FleetRequest request) => [.. Builder().TryBuild(request).Issues.Select(issue => issue.Code)];

    internal static FleetIssue Only(FleetRequest request) => Assert.Single(Builder().TryBuild(request).Issues);

    internal static FleetIni Description(params FleetIniDecky[] deckies) => new()
    {
        Source = "lab.ini",
        Subnet = IPNetwork.Parse("10.0.0.0/24"),
        Gateway = IP("10.0.0.1"),
        Lines = new([new("net", 2), new("gw", 3), new("interface", 4), new("mutate_interval", 5)]),
        Deckies = [.. deckies],
    };

    internal static FleetIniDecky Section(string name, int line, string? section = null) =>
        new() { Name = DeckyName.Parse(name), Section = section ?? name, Line = line, Services = ["ssh"], Distro = "debian" };

    internal static FleetIniDecky[] Group(string section, int line, int amount, Func<FleetIniDecky, FleetIniDecky> with) =>
        [.. Enumerable.Range(1, amount).Select(i => with(Section($"{section}-{i:D2}", line, section)))];

    internal static ValueMap<ValueMap<FleetIniValue>> Settings(string slug, string key, string value, int line) =>
        new([new(slug, new ValueMap<FleetIniValue>([new(key, new FleetIniValue(value, line))]))]);
}
