namespace Decnet.Fleet.Hosting.Tests;

using System.Net;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Xunit;

public sealed class FleetDescriberTests
{
    const string Network = "[general]\nnet = 198.18.30.0/24\ngw = 198.18.30.1\n";
    const string Two = "[web]\namount = 2\nservices = http\n";

    int asked;
    TakenAddresses taken = TakenAddresses.None;

    [Fact]
    public async Task Nobody_asks_the_host_when_the_description_names_its_network()
    {
        var fleet = await DescribeAsync(Network + Two);

        Assert.Equal((2, "198.18.30.0/24", 0), (fleet.Deckies.Count, fleet.Subnet.ToString(), asked));
    }

    [Fact]
    public async Task A_network_that_nobody_names_is_that_of_the_host()
    {
        var fleet = await DescribeAsync(Two);

        Assert.Equal(("198.18.40.0/24", "lan0"), (fleet.Subnet.ToString(), fleet.Interface));
    }

    [Fact]
    public async Task What_the_caller_says_comes_before_the_description()
    {
        var options = new FleetDescriptionOptions
        {
            Subnet = IPNetwork.Parse("198.18.50.0/24"),
            Gateway = IPAddress.Parse("198.18.50.1"),
            Driver = NetworkDriver.Bridge,
        };

        var fleet = await DescribeAsync(Network + Two, options: options);

        Assert.Equal(("198.18.50.0/24", NetworkDriver.Bridge), (fleet.Subnet.ToString(), fleet.Driver));
        Assert.Equal(["198.18.50.2", "198.18.50.3"], fleet.Deckies.Select(decky => decky.IPAddress.ToString()));
    }

    [Fact]
    public async Task Deckies_that_are_there_keep_what_the_description_leaves_open()
    {
        var present = await DescribeAsync(Network + Two, options: new FleetDescriptionOptions { Seed = 1 });

        var again = await DescribeAsync(Network + Two + "[db]\nservices = mysql\n", present, new FleetDescriptionOptions { Seed = 2 });

        Assert.Equal(present.Deckies, again.Deckies.Where(decky => decky.Name.Value != "db"));
    }

    [Fact]
    public async Task Addresses_of_deckies_that_go_are_given_away_only_when_there_are_no_others()
    {
        const string small = "[general]\nnet = 198.18.30.0/29\ngw = 198.18.30.1\n";
        var present = await DescribeAsync(small + "[web]\namount = 5\nservices = http\n");

        var fleet = await DescribeAsync(small + "[db]\namount = 5\nservices = mysql\n", present, new FleetDescriptionOptions { Replace = true });

        Assert.Equal(5, fleet.Deckies.Count);
    }

    [Fact]
    public async Task No_decky_gets_the_address_of_the_host_in_the_network_of_the_host()
    {
        var fleet = await DescribeAsync("[web]\namount = 9\nservices = http\n");

        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 10, 11], fleet.Deckies.Select(decky => (int)decky.IPAddress.GetAddressBytes()[3]));
    }

    [Fact]
    public async Task No_decky_gets_an_address_that_the_host_knows_to_be_taken_in_a_network_that_the_description_names()
    {
        taken = Taken(own: "198.18.30.2", neighbour: "198.18.30.4");

        var fleet = await DescribeAsync(Network + Two);

        Assert.Equal(["198.18.30.3", "198.18.30.5"], fleet.Deckies.Select(decky => decky.IPAddress.ToString()));
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task A_decky_that_asks_for_the_address_of_the_host_is_an_error_that_names_both()
    {
        taken = Taken(own: "198.18.30.2", neighbour: "198.18.30.4");

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => DescribeAsync(Network + "[web]\nip = 198.18.30.2\nservices = http\n"));

        Assert.Equal("The address 198.18.30.2 of web is taken by the host itself.", Assert.Single(error.Errors).Message);
    }

    [Fact]
    public async Task A_decky_that_is_there_keeps_its_address_though_the_host_sees_it()
    {
        var present = await DescribeAsync(Network + Two);
        taken = Taken(own: "198.18.30.9", neighbour: "198.18.30.2");

        Assert.Equal(present.Deckies, (await DescribeAsync(Network + Two, present)).Deckies);
    }

    [Fact]
    public async Task A_bridge_is_a_network_of_its_own()
    {
        taken = Taken(own: "198.18.30.2", neighbour: "198.18.30.3");

        var fleet = await DescribeAsync(Network + "driver = bridge\n" + Two);

        Assert.Equal(["198.18.30.2", "198.18.30.3"], fleet.Deckies.Select(decky => decky.IPAddress.ToString()));
    }

    static TakenAddresses Taken(string own, string neighbour) => new() { Own = [IPAddress.Parse(own)], Neighbours = [IPAddress.Parse(neighbour)] };

    async Task<Fleet> DescribeAsync(string ini, Fleet? present = null, FleetDescriptionOptions? options = null)
    {
        var describer = new FleetDescriber(taken: (_, _) => Task.FromResult(taken), detect: (_, _) =>
        {
            asked++;
            return Task.FromResult(new HostInterface
            {
                Name = "lan0",
                Index = 2,
                Address = IPAddress.Parse("198.18.40.9"),
                Subnet = IPNetwork.Parse("198.18.40.0/24"),
                Gateway = IPAddress.Parse("198.18.40.1"),
                MacAddress = MacAddress.Parse("02:00:00:00:00:09"),
                IsUp = true,
                IsWireless = false,
            });
        });
        return (await describer.DescribeAsync(FleetIniParser.Parse(ini), present, options, TestContext.Current.CancellationToken)).GetFleet();
    }
}
