namespace Decnet.Fleet.Swarm.Tests.Agents;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;
using Xunit;

public sealed class RelocalizerTests
{
    static readonly HostId Host = HostId.Parse("h1");

    static RelocalizerOptions Options(HostNetworkFacts? facts = null, params string[] inUse) => new()
    {
        HostId = Host,
        Detect = (_, _) => Task.FromResult(facts ?? AgentLab.Lan),
        InUse = (_, _) => Task.FromResult<IReadOnlyCollection<IPAddress>>([.. inUse.Select(IPAddress.Parse)]),
    };

    static Fleet Present(params Decky[] deckies) => new()
    {
        Subnet = AgentLab.Lan.Subnet,
        Gateway = AgentLab.Lan.Gateway!,
        Interface = "lan0",
        Deckies = [.. deckies],
    };

    static string[] Addresses(Fleet fleet) => [.. fleet.Deckies.Select(decky => $"{decky.Name} {decky.IPAddress}")];

    static DeployCommand InLan(params DeployOrder[] orders) => AgentLab.Deploy(orders) with
    {
        Network = new SwarmNetwork { Subnet = AgentLab.Lan.Subnet, Gateway = IPAddress.Parse("198.19.7.254"), Driver = NetworkDriver.Macvlan },
    };

    static async Task<FleetIssue[]> IssuesAsync(Relocalizer relocalizer, DeployCommand command, Fleet? present = null) =>
        [.. (await Assert.ThrowsAsync<FleetValidationException>(() => relocalizer.RelocateAsync(command, present))).Errors];

    [Fact]
    public async Task Deckies_of_another_network_get_the_lowest_free_addresses_of_this_one()
    {
        var relocalizer = new Relocalizer(Options(inUse: ["198.19.7.3", "198.19.7.5"]));

        var fleet = await relocalizer.RelocateAsync(
            AgentLab.Deploy(AgentLab.Order("a"), AgentLab.Order("b"), AgentLab.Order("c")), Present(Sample.Decky("old", "198.19.7.4")));

        Assert.Equal(["a 198.19.7.6", "b 198.19.7.7", "c 198.19.7.8"], Addresses(fleet));
        Assert.Equal(("lan0", "198.19.7.0/24", "198.19.7.1", NetworkDriver.Macvlan), (fleet.Interface, fleet.Subnet.ToString(), fleet.Gateway.ToString(), fleet.Driver));
    }

    [Fact]
    public async Task No_decky_gets_another_address_of_the_host()
    {
        var relocalizer = new Relocalizer(Options() with { Own = (_, _) => Task.FromResult<IReadOnlyCollection<IPAddress>>([IPAddress.Parse("198.19.7.3")]) });

        var fleet = await relocalizer.RelocateAsync(AgentLab.Deploy(AgentLab.Order("a")), null);
        var issue = Assert.Single(await IssuesAsync(relocalizer, InLan(AgentLab.Order("b", "198.19.7.3"))));

        Assert.Equal(["a 198.19.7.4"], Addresses(fleet));
        Assert.Equal("The address 198.19.7.3 of 'b' is that of the host 'h1' itself.", issue.Message);
    }

    [Fact]
    public async Task A_decky_that_the_host_has_keeps_its_address_whatever_is_seen_on_the_network()
    {
        var relocalizer = new Relocalizer(Options(inUse: "198.19.7.9"));
        var present = Present(Sample.Decky("b", "198.19.7.9"));

        var first = await relocalizer.RelocateAsync(AgentLab.Deploy(AgentLab.Order("a"), AgentLab.Order("b")), present);
        var again = await relocalizer.RelocateAsync(AgentLab.Deploy(AgentLab.Order("b"), AgentLab.Order("a")), first);

        Assert.Equal(["a 198.19.7.3", "b 198.19.7.9"], Addresses(first));
        Assert.Equal(["b 198.19.7.9", "a 198.19.7.3"], Addresses(again));
    }

    [Fact]
    public async Task Nothing_of_a_decky_changes_but_its_address_and_its_host()
    {
        var decky = Sample.Decky("a", "198.18.0.9") with { HostId = Host, Archetype = "server", MutateInterval = TimeSpan.FromMinutes(5), MacAddress = MacAddress.Parse("02:00:00:00:00:01") };

        var fleet = await new Relocalizer(Options()).RelocateAsync(AgentLab.Deploy(new DeployOrder(Guid.NewGuid(), decky)), null);

        Assert.Equal(decky with { HostId = null, IPAddress = IPAddress.Parse("198.19.7.3") }, Assert.Single(fleet.Deckies));
        Assert.Equal(DeckyDigest.Of(decky), DeckyDigest.Of(fleet.Deckies[0]));
    }

    [Fact]
    public async Task In_the_masters_own_network_deckies_keep_their_addresses()
    {
        var fleet = await new Relocalizer(Options()).RelocateAsync(InLan(AgentLab.Order("a", "198.19.7.77")), null);

        Assert.Equal(["a 198.19.7.77"], Addresses(fleet));
        Assert.Equal("198.19.7.1", fleet.Gateway.ToString());
    }

    [Fact]
    public async Task A_kept_address_that_is_taken_here_is_an_error_that_names_both()
    {
        var relocalizer = new Relocalizer(Options(inUse: "198.19.7.50"));
        var command = InLan(
            AgentLab.Order("a", "198.19.7.1"), AgentLab.Order("b", "198.19.7.2"), AgentLab.Order("c", "198.19.7.40"), AgentLab.Order("d", "198.19.7.50"), AgentLab.Order("e", "198.19.7.60"));

        var issues = await IssuesAsync(relocalizer, command, Present(Sample.Decky("old", "198.19.7.40")));

        Assert.Equal(["a", "b", "c", "d"], issues.Select(issue => issue.Target));
        Assert.All(issues, issue => Assert.Equal("address-taken", issue.Code));
        Assert.Contains("'c' is that of the decky 'old' of the host 'h1'", issues[2].Message);
        Assert.Contains("gateway", issues[0].Message);
    }

    [Fact]
    public async Task Its_own_address_is_not_taken_from_a_decky()
    {
        var relocalizer = new Relocalizer(Options(inUse: "198.19.7.50"));

        var fleet = await relocalizer.RelocateAsync(InLan(AgentLab.Order("a", "198.19.7.50")), Present(Sample.Decky("a", "198.19.7.50")));

        Assert.Equal(["a 198.19.7.50"], Addresses(fleet));
    }

    [Fact]
    public async Task A_bridge_is_taken_over_as_it_was_sent()
    {
        var command = AgentLab.Deploy(AgentLab.Order("a", "198.18.0.44"));
        command = command with { Network = command.Network with { Driver = NetworkDriver.Bridge } };
        var relocalizer = new Relocalizer(Options() with { Detect = (_, _) => throw new DecnetException("It must not be asked.") });

        var fleet = await relocalizer.RelocateAsync(command, null);

        Assert.Equal(["a 198.18.0.44"], Addresses(fleet));
        Assert.Equal((null, "198.18.0.0/24", "198.18.0.1"), (fleet.Interface, fleet.Subnet.ToString(), fleet.Gateway.ToString()));
    }

    [Fact]
    public async Task The_named_interface_comes_before_that_of_the_present_deckies()
    {
        var asked = new List<string?>();
        var options = Options() with
        {
            Detect = (name, _) =>
            {
                asked.Add(name);
                return Task.FromResult(AgentLab.Lan);
            },
        };
        var present = Present(Sample.Decky("old", "198.19.7.40"));

        await new Relocalizer(options with { Interface = "eth7" }).RelocateAsync(AgentLab.Deploy(AgentLab.Order("a")), present);
        await new Relocalizer(options).RelocateAsync(AgentLab.Deploy(AgentLab.Order("a")), present);
        await new Relocalizer(options).RelocateAsync(AgentLab.Deploy(AgentLab.Order("a")), present with { Deckies = [] });

        Assert.Equal(["eth7", "lan0", null], asked);
    }

    [Fact]
    public async Task Too_few_addresses_are_an_error_that_names_host_network_and_deckies()
    {
        var small = AgentLab.Lan with { Subnet = IPNetwork.Parse("198.19.7.0/29") };

        var issue = Assert.Single(await IssuesAsync(
            new Relocalizer(Options(small)), AgentLab.Deploy([.. "abcdefg".Select(name => AgentLab.Order(name.ToString()))])));

        Assert.Equal("not-enough-addresses", issue.Code);
        Assert.Equal("The network 198.19.7.0/29 of the host 'h1' has 4 free addresses, and 7 deckies need one: a, b, c, d, e, f, g.", issue.Message);
    }

    [Fact]
    public async Task Ranges_that_are_left_out_are_left_out()
    {
        var options = Options() with { ExcludedRanges = [AddressRange.Parse("198.19.7.3-198.19.7.99")] };

        Assert.Equal(["a 198.19.7.100"], Addresses(await new Relocalizer(options).RelocateAsync(AgentLab.Deploy(AgentLab.Order("a")), null)));
    }

    [Fact]
    public async Task A_host_without_network_or_gateway_says_so()
    {
        var none = Options() with { Interface = "eth7", Detect = (_, _) => throw new DecnetException("There is no interface 'eth7'.") };
        var blind = Options(AgentLab.Lan with { Gateway = null });
        var cloud = Options(AgentLab.Lan with { Subnet = IPNetwork.Parse("198.19.7.2/32") });
        var command = AgentLab.Deploy(AgentLab.Order("a"));

        var issues = (await Task.WhenAll(new[] { none, blind, cloud }.Select(options => IssuesAsync(new Relocalizer(options), command)))).Select(Assert.Single).ToArray();

        Assert.Equal(["no-network", "no-gateway", "bad-subnet"], issues.Select(issue => issue.Code));
        Assert.Contains("'h1' cannot tell the network of its interface 'eth7': There is no interface 'eth7'.", issues[0].Message);
        Assert.Contains("'lan0' of the host 'h1', in 198.19.7.0/24", issues[1].Message);
    }

    [Fact]
    public async Task Without_a_gateway_of_its_own_a_host_in_the_masters_network_takes_the_masters()
    {
        var fleet = await new Relocalizer(Options(AgentLab.Lan with { Gateway = null })).RelocateAsync(InLan(AgentLab.Order("a", "198.19.7.9")), null);

        Assert.Equal("198.19.7.254", fleet.Gateway.ToString());
    }
}
