namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;

public sealed class InterfaceForSubnetTests
{
    static TestNetwork Lan => new TestNetwork()
        .Link("lo", ["127.0.0.1/8"], link => link with { IsLoopback = true })
        .Link("eth0", ["192.168.1.5/24"])
        .Link("eth1", ["10.0.0.5/8"])
        .Link("eth2", ["10.20.0.5/16"])
        .Link("br-1", ["172.18.0.1/16"], link => link with { Kind = "bridge" })
        .Default("eth0", "192.168.1.1");

    [Theory]
    [InlineData("192.168.1.0/24", "eth0")]
    [InlineData("192.168.0.0/16", "eth0")]
    [InlineData("10.30.0.0/24", "eth1")]
    [InlineData("10.20.7.0/24", "eth2")]
    [InlineData("198.18.0.0/16", "eth0")]
    [InlineData("172.18.0.0/16", "eth0")]
    public void The_interface_whose_network_holds_the_subnet_goes_before_that_of_the_default_route(string subnet, string name) =>
        Assert.Equal(name, Lan.Choose(IPNetwork.Parse(subnet)).Name);

    [Fact]
    public void One_that_is_up_goes_first()
    {
        var network = Lan.Link("eth3", ["10.20.7.5/24"], link => link with { IsRunning = false });
        Assert.Equal("eth2", network.Choose(IPNetwork.Parse("10.20.7.0/24")).Name);
    }

    [Fact]
    public void Nothing_is_chosen_where_nothing_fits() =>
        Assert.Throws<HostNetworkException>(() => new TestNetwork().Link("eth0", ["192.168.1.5/24"]).Choose(IPNetwork.Parse("10.0.0.0/8")));
}
