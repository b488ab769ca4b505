namespace Decnet.EngineTimings;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;

/// <summary>Fleets of a given size, three containers a decky.</summary>
internal static class LabFleets
{
    /// <summary>As many containers as a decky has.</summary>
    internal const int ContainersEach = 3;

    /// <summary>A fleet on a bridge of its own; a larger one has the deckies of a smaller one, and more.</summary>
    internal static Fleet OnBridge(int count)
    {
        var largest = Build(120, "198.18.245.0/24", "198.18.245.1");
        return largest with { Deckies = [.. largest.Deckies.Take(count)] };
    }

    /// <summary>A fleet that is never deployed, of any size.</summary>
    internal static Fleet OnPaper(int count) => Build(count, "198.18.0.0/15", "198.19.255.254");

    static Fleet Build(int count, string subnet, string gateway) => new FleetBuilder().Build(new FleetRequest
    {
        Count = count,
        Subnet = IPNetwork.Parse(subnet),
        Gateway = IPAddress.Parse(gateway),
        Services = ["ssh", "http"],
        Driver = NetworkDriver.Bridge,
        Seed = 1,
    });
}
