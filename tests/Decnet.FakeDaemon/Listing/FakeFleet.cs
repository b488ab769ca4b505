namespace Decnet.FakeDaemon.Listing;

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

/// <summary>
/// Makes the containers of a running fleet, with the labels that Compose and the fleet set. They are written out here rather than
/// taken from the library, so that a listing does not follow a mistake there.
/// </summary>
public static class FakeFleet
{
    const int HostsInSubnet = 250;

    /// <summary>Makes the containers of some deckies: of each, its base and then its services.</summary>
    /// <param name="deckies">How many deckies.</param>
    /// <param name="services">The slugs of the services of each decky.</param>
    public static IEnumerable<FakeContainer> Containers(int deckies, params string[] services)
    {
        for (var number = 1; number <= deckies; number++)
        {
            var decky = DeckyName(number);
            var foundation = Base(decky, number);
            yield return foundation;
            foreach (var service in services)
            {
                yield return Service(decky, service, foundation.Id);
            }
        }
    }

    /// <summary>The name of the decky of a number, counted from 1.</summary>
    public static string DeckyName(int number) => string.Create(CultureInfo.InvariantCulture, $"decky-{number:d5}");

    /// <summary>The id that the container of a name has.</summary>
    public static string IdOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    static FakeContainer Base(string decky, int number)
    {
        var (third, fourth) = ((number - 1) / HostsInSubnet, 2 + ((number - 1) % HostsInSubnet));
        var address = string.Create(CultureInfo.InvariantCulture, $"198.18.{third % 256}.{fourth}");
        return new FakeContainer
        {
            Id = IdOf(decky),
            Name = decky,
            NetworkMode = "decnet_lan",
            Labels = Labels(decky, decky, "base"),
            Endpoints =
            [
                new FakeEndpoint
                {
                    Network = "decnet_lan",
                    NetworkId = IdOf("decnet_lan"),
                    EndpointId = IdOf(decky + "@decnet_lan"),
                    FixedAddress = address,
                    Address = address,
                    Gateway = "198.18.0.1",
                    PrefixLength = 15,
                    Mac = string.Create(CultureInfo.InvariantCulture, $"02:42:c6:12:{third % 256:x2}:{fourth:x2}"),
                },
            ],
        };
    }

    static FakeContainer Service(string decky, string service, string baseId)
    {
        var name = $"{decky}-{service.Replace('_', '-')}";
        return new FakeContainer
        {
            Id = IdOf(name),
            Name = name,
            NetworkMode = "container:" + baseId,
            Labels = new Dictionary<string, string>(Labels(decky, $"{decky}-{service}", "service"))
            {
                ["decnet.fleet.service_name"] = service,
            },
        };
    }

    static Dictionary<string, string> Labels(string decky, string composeService, string role) => new()
    {
        ["com.docker.compose.project"] = "decnet",
        ["com.docker.compose.service"] = composeService,
        ["com.docker.compose.config-hash"] = "d1-" + IdOf(composeService + "#hash"),
        ["com.docker.compose.container-number"] = "1",
        ["com.docker.compose.oneoff"] = "False",
        ["decnet.fleet.decky"] = decky,
        ["decnet.fleet.host"] = "local",
        ["decnet.fleet.role"] = role,
    };
}
