namespace Decnet.Engine.Tests.Killing;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Fleets that fit into a quarter of the subnet of these tests, and what an operator may want of them next.</summary>
static class SmallFleet
{
    const int Deckies = 3;

    static readonly string[] Services = ["ssh", "ftp", "smtp", "pop3", "redis", "telnet"];

    /// <summary>A fleet on a bridge network.</summary>
    /// <param name="quarter">Which quarter of 198.18.246.0/24, from 0 on.</param>
    /// <param name="random">Chooses services and host names.</param>
    public static Fleet Of(int quarter, Random random)
    {
        var fleet = new Fleet
        {
            Subnet = IPNetwork.Parse($"198.18.246.{quarter * 64}/26"),
            Gateway = IPAddress.Parse($"198.18.246.{(quarter * 64) + 1}"),
            Driver = NetworkDriver.Bridge,
            Deckies = [],
        };
        return Filled(fleet, random);
    }

    /// <summary>Other services for one decky, another host name for another one, and exchanged addresses for the rest; deckies that were removed come back.</summary>
    public static Fleet Changed(Fleet fleet, Random random)
    {
        var deckies = Filled(fleet, random).Deckies.ToArray();
        random.Shuffle(deckies);
        deckies[0] = deckies[0] with { Services = SomeServices(random) };
        deckies[1] = deckies[1] with { Hostname = SomeHostname(random) };
        var other = random.Next(Deckies - 1);
        (deckies[^1], deckies[other]) =
            (deckies[^1] with { IPAddress = deckies[other].IPAddress }, deckies[other] with { IPAddress = deckies[^1].IPAddress });
        return fleet with { Deckies = [.. deckies] };
    }

    /// <summary>At least one decky less.</summary>
    public static Fleet Reduced(Fleet fleet, Random random)
    {
        var deckies = fleet.Deckies.ToArray();
        random.Shuffle(deckies);
        return fleet with { Deckies = [.. deckies.Take(random.Next(1, Math.Max(2, deckies.Length)))] };
    }

    static Fleet Filled(Fleet fleet, Random random)
    {
        var names = fleet.Deckies.Select(decky => decky.Name.Value).ToHashSet();
        var addresses = fleet.Deckies.Select(decky => decky.IPAddress).ToHashSet();
        var more = Enumerable.Range(0, Deckies).Select(index => $"decky-{index}").Where(name => !names.Contains(name))
            .Zip(Enumerable.Range(10, Deckies).Select(host => Address(fleet, host)).Where(address => !addresses.Contains(address)));
        return fleet with { Deckies = [.. fleet.Deckies, .. more.Select(one => Decky(one.First, one.Second, random))] };
    }

    static Decky Decky(string name, IPAddress address, Random random) => new()
    {
        Name = DeckyName.Parse(name),
        IPAddress = address,
        Services = SomeServices(random),
        Distro = "debian",
        BaseImage = "debian:bookworm-slim",
        BuildBase = "debian:bookworm-slim",
        Hostname = SomeHostname(random),
    };

    static IPAddress Address(Fleet fleet, int host)
    {
        var bytes = fleet.Subnet.BaseAddress.GetAddressBytes();
        bytes[3] += (byte)host;
        return new IPAddress(bytes);
    }

    static ValueList<string> SomeServices(Random random)
    {
        var services = (string[])Services.Clone();
        random.Shuffle(services);
        return [.. services.Take(random.Next(1, 4))];
    }

    static string SomeHostname(Random random) => $"SRV-{random.Next(10_000)}";
}
