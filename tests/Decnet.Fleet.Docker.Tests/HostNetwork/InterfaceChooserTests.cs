namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Xunit;

public sealed class InterfaceChooserTests
{
    static TestNetwork Lan => new TestNetwork()
        .Link("lo", ["127.0.0.1/8"], link => link with { IsLoopback = true })
        .Link("eth0", ["192.168.1.5/24"]);

    [Fact]
    public void Interface_of_the_default_route_is_chosen()
    {
        var chosen = Lan.Link("eth1", ["10.0.0.5/8"]).Default("eth0", "192.168.1.1").Choose();

        Assert.Equal(("eth0", 2, "00:50:56:00:00:02"), (chosen.Name, chosen.Index, chosen.MacAddress.ToString()));
        Assert.Equal((IPAddress.Parse("192.168.1.5"), IPNetwork.Parse("192.168.1.0/24")), (chosen.Address, chosen.Subnet));
        Assert.Equal(IPAddress.Parse("192.168.1.1"), chosen.Gateway);
        Assert.True(chosen is { IsUp: true, IsWireless: false });
    }

    [Fact]
    public void Of_several_default_routes_the_one_with_the_lowest_metric_wins()
    {
        var network = Lan.Link("eth1", ["10.0.0.5/24"]).Default("eth0", "192.168.1.1", 600).Default("eth1", "10.0.0.1", 100);

        Assert.Equal("eth1", network.Choose().Name);
    }

    [Fact]
    public void A_better_route_without_carrier_loses()
    {
        var unplugged = Lan.Link("eth1", ["10.0.0.5/24"], link => link with { IsRunning = false });

        Assert.Equal("eth0", unplugged.Default("eth0", "192.168.1.1", 600).Default("eth1", "10.0.0.1", 100, route => route with { IsDead = true }).Choose().Name);
    }

    [Fact]
    [Trait("Weakness", "W-37")]
    public void Gateway_of_another_interface_is_never_taken()
    {
        var network = Lan.Link("eth1", ["10.0.0.5/24"]).Default("eth0", "192.168.1.1");

        Assert.Null(network.Choose("eth1").Gateway);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), network.Default("eth1", "10.0.0.1", 900).Choose("eth1").Gateway);
    }

    [Theory]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.5")]
    [InlineData(null)]
    [Trait("Weakness", "W-37")]
    public void Gateway_that_is_no_neighbour_is_not_taken(string? gateway)
    {
        var network = Lan.Default("eth0", gateway);

        Assert.Null(network.Choose().Gateway);
        Assert.Equal(IPAddress.Parse("192.168.1.2"), network.Default("eth0", "192.168.1.2", 50).Choose().Gateway);
    }

    [Theory]
    [InlineData("bridge")]
    [InlineData("veth")]
    [InlineData("macvlan")]
    [InlineData("wireguard")]
    [InlineData("dummy")]
    public void Virtual_interfaces_are_not_chosen_unless_they_are_named(string kind)
    {
        var network = Lan.Link("virt0", ["10.0.0.5/24"], link => link with { Kind = kind }).Default("virt0", "10.0.0.1", 1);

        var error = Assert.Throws<HostNetworkException>(() => network.Choose());
        Assert.Equal(HostNetworkError.NotFound, error.Error);
        Assert.Contains($"'virt0' is of the kind {kind}", error.Message);
        Assert.Contains($"Its interfaces: eth0 (192.168.1.5/24), virt0 ({kind}, 10.0.0.5/24).", error.Message);
        Assert.Equal("virt0", network.Choose("virt0").Name);
        Assert.Equal("eth0", network.Default("eth0", "192.168.1.1", 100).Choose().Name);
    }

    [Theory]
    [InlineData("vlan")]
    [InlineData("bond")]
    public void Vlans_and_bonds_are_chosen(string kind)
    {
        Assert.Equal("lan7", Lan.Link("lan7", ["10.0.0.5/24"], link => link with { Kind = kind }).Default("lan7", "10.0.0.1").Choose().Name);
    }

    [Fact]
    public void Tunnels_are_passed_over_and_refused_by_name()
    {
        var network = Lan.Link("tun0", ["10.8.0.2/32"], link => link with { IsEthernet = false, MacAddress = null, Kind = "tun" })
            .Default("tun0", null, 1).Default("eth0", "192.168.1.1", 100);

        Assert.Equal("eth0", network.Choose().Name);
        var error = Assert.Throws<HostNetworkException>(() => network.Choose("tun0"));
        Assert.Equal((HostNetworkError.NotUsable, "tun0"), (error.Error, error.InterfaceName));
        Assert.Contains("'tun0': it is a tunnel or point-to-point link", error.Message);
    }

    [Fact]
    public void Without_a_default_route_the_interfaces_are_listed()
    {
        var error = Assert.Throws<HostNetworkException>(() => Lan.Choose());

        Assert.Equal(HostNetworkError.NotFound, error.Error);
        Assert.Equal(
            "The interface for the deckies could not be detected: this host has no default route for IPv4. Its interfaces: eth0 (192.168.1.5/24). "
            + "Give the name of the one that deckies shall be attached to.",
            error.Message);
    }

    [Fact]
    public void Unknown_name_is_answered_with_those_that_exist()
    {
        var network = Lan.Link("eth1", [], link => link with { IsEnabled = false, IsRunning = false }).Link("wlan0", ["10.0.0.5/24"], link => link with { IsWireless = true });

        var error = Assert.Throws<HostNetworkException>(() => network.Choose("eth9"));

        Assert.Equal((HostNetworkError.NotFound, "eth9"), (error.Error, error.InterfaceName));
        Assert.Equal(
            "This host has no interface 'eth9'. Its interfaces: eth0 (192.168.1.5/24), wlan0 (Wi-Fi, 10.0.0.5/24), eth1 (down, no IPv4 address). Give the name of one of them.",
            error.Message);
    }

    [Fact]
    public void List_of_a_host_with_many_containers_is_short_and_begins_with_the_useful_ones()
    {
        var network = Enumerable.Range(0, 300).Aggregate(new TestNetwork(), (network, i) => network.Link($"veth{i}", [], link => link with { Kind = "veth" }))
            .Link("eth0", ["192.168.1.5/24"]);

        var message = Assert.Throws<HostNetworkException>(() => network.Choose("eth9")).Message;

        Assert.Contains("Its interfaces: eth0 (192.168.1.5/24), veth0", message);
        Assert.Contains("and 281 more.", message);
        Assert.InRange(message.Length, 1, 1_000);
    }

    [Fact]
    public void Named_interface_that_is_down_is_described_as_such()
    {
        var network = Lan.Link("eth1", ["10.0.0.5/24"], link => link with { IsEnabled = false, IsRunning = false });

        Assert.False(network.Choose("eth1").IsUp);
    }

    [Theory]
    [InlineData("lo", "it is the loopback interface")]
    [InlineData("off0", "it is down and has no IPv4 address; enable and address it (ip link set off0 up)")]
    [InlineData("bare0", "it has no IPv4 address; give it one")]
    [InlineData("port0", "it is a port of 'br0' and has no IPv4 address; give 'br0'")]
    public void Named_interface_without_use_is_refused_with_the_fix(string name, string reason)
    {
        var network = Lan.Link("br0", ["10.0.0.5/24"], link => link with { Kind = "bridge" });
        network.Link("off0", [], link => link with { IsEnabled = false, IsRunning = false }).Link("bare0", []).Link("port0", [], link => link with { MasterIndex = network.Index("br0") });

        var error = Assert.Throws<HostNetworkException>(() => network.Choose(name));

        Assert.Equal((HostNetworkError.NotUsable, name), (error.Error, error.InterfaceName));
        Assert.Contains($"Deckies cannot be attached to the interface '{name}': {reason}", error.Message);
        Assert.Contains("Its interfaces: eth0 (192.168.1.5/24)", error.Message);
    }

    [Fact]
    public void Subnet_of_the_gateway_is_preferred_to_the_first_one()
    {
        var network = new TestNetwork().Link("eth0", ["10.0.0.5/24", "192.168.1.5/24"]).Default("eth0", "192.168.1.1");

        Assert.Equal(IPNetwork.Parse("192.168.1.0/24"), network.Choose().Subnet);
    }

    [Fact]
    public void First_address_of_a_subnet_is_preferred_to_secondary_ones_but_not_to_the_preferred_source()
    {
        var network = new TestNetwork().Link("eth0", []).Address("eth0", "192.168.1.6/24", address => address with { IsSecondary = true }).Address("eth0", "192.168.1.5/24");

        Assert.Equal(IPAddress.Parse("192.168.1.5"), network.Choose("eth0").Address);
        network.Default("eth0", "192.168.1.1", change: route => route with { PreferredSource = IPAddress.Parse("192.168.1.6") });
        Assert.Equal(IPAddress.Parse("192.168.1.6"), network.Choose().Address);
    }

    [Fact]
    public void Link_local_and_single_addresses_are_the_last_choice()
    {
        var network = new TestNetwork().Link("eth0", ["10.1.2.3/32"]).Address("eth0", "169.254.3.4/16", address => address with { Scope = 253 }).Default("eth0", "10.1.2.1");

        Assert.Equal(IPAddress.Parse("169.254.3.4"), network.Choose().Address);
        Assert.Equal(IPNetwork.Parse("192.168.1.0/24"), network.Address("eth0", "192.168.1.5/24").Choose().Subnet);
        Assert.Equal(IPNetwork.Parse("10.1.2.3/32"), new TestNetwork().Link("eth0", ["10.1.2.3/32"]).Choose("eth0").Subnet);
    }

    [Fact]
    public void Wireless_interface_is_marked_so_that_a_caller_can_advise_ipvlan()
    {
        Assert.True(new TestNetwork().Link("wlan0", ["10.0.0.5/24"], link => link with { IsWireless = true }).Default("wlan0", "10.0.0.1").Choose().IsWireless);
    }

    [Fact]
    public void Recorded_host_with_an_engine_is_understood()
    {
        var chosen = new InterfaceChooser(Recorded.Tables("host-with-engine")).Choose(null);

        Assert.Equal(("eth0", 4, "02:fc:00:00:00:01", true), (chosen.Name, chosen.Index, chosen.MacAddress.ToString(), chosen.IsUp));
        Assert.Equal(("192.0.2.2", "192.0.2.0/24", "192.0.2.1"), (chosen.Address.ToString(), chosen.Subnet.ToString(), chosen.Gateway?.ToString()));
    }
}
