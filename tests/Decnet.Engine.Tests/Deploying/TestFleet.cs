namespace Decnet.Engine.Tests.Deploying;

using System.Net;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Fleets in a network of these tests' own.</summary>
static class TestFleet
{
    internal const string Subnet = "198.18.244.0/25";
    internal const string Gateway = "198.18.244.1";

    /// <summary>A network beside, for strangers and for other settings.</summary>
    internal const string OtherSubnet = "198.18.244.128/25";

    /// <summary>Deckies <c>web-01</c>, <c>web-02</c> … with the services ssh and http, on a bridge.</summary>
    internal static Fleet OfWebs(int count) => Of([.. Enumerable.Range(1, count).Select(number => Web(number))]);

    internal static Fleet Of(params Decky[] deckies) => new()
    {
        Subnet = IPNetwork.Parse(Subnet),
        Gateway = IPAddress.Parse(Gateway),
        Driver = NetworkDriver.Bridge,
        Deckies = [.. deckies],
    };

    internal static Decky Web(int number, params string[] services) => new()
    {
        Name = DeckyName.Parse($"web-{number:00}"),
        IPAddress = AddressOf(number),
        Services = [.. services.Length == 0 ? ["ssh", "http"] : services],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim",
        BuildBase = "debian:bookworm-slim",
        Hostname = $"intranet{number}",
        MacAddress = MacAddress.Parse($"00:50:56:18:f4:{number + 9:x2}"),
    };

    internal static IPAddress AddressOf(int number) => IPAddress.Parse($"198.18.244.{number + 9}");

    internal static Fleet Without(this Fleet fleet, string name) =>
        fleet with { Deckies = [.. fleet.Deckies.Where(decky => decky.Name.Value != name)] };

    internal static Fleet With(this Fleet fleet, Decky decky) =>
        fleet with { Deckies = [.. fleet.Deckies.Where(other => other.Name != decky.Name), decky] };

    /// <summary>The containers that a fleet should have, base before services.</summary>
    internal static IEnumerable<ContainerSpec> Containers(this Fleet fleet)
    {
        var composer = new DeckyComposer(FleetCatalog.For(fleet));
        return fleet.Deckies.Select(decky => composer.Compose(fleet, decky)).SelectMany(blueprint => blueprint.Services.Prepend(blueprint.Base));
    }
}
