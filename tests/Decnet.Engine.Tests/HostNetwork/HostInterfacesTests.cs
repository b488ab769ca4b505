namespace Decnet.Engine.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Testing;
using Xunit;

public sealed class HostInterfacesTests
{
    [Fact]
    public async Task Interface_is_described_as_the_kernel_knows_it()
    {
        using var lan = new Lan();
        lan.Host.Ip($"addr add 198.18.240.3/24 dev {Lan.Parent}");
        var link = lan.Host.IpJson($"link show {Lan.Parent}")[0];

        var found = lan.Host.Run(() => HostInterfaces.DetectAsync(Lan.Parent).GetAwaiter().GetResult());

        Assert.Equal((Lan.Parent, link.GetProperty("ifindex").GetInt32()), (found.Name, found.Index));
        Assert.Equal(link.GetProperty("address").GetString(), found.MacAddress.ToString());
        Assert.Equal((Lan.HostAddress, IPNetwork.Parse("198.18.240.0/24"), Lan.NeighbourAddress), (found.Address, found.Subnet, found.Gateway));
        await BecomesAsync(lan, isUp: true);
    }

    [Fact]
    public async Task Interface_whose_cable_is_pulled_is_not_up()
    {
        using var lan = new Lan();
        lan.Neighbour.Ip("link set far0 down");

        await BecomesAsync(lan, isUp: false);
    }

    [Fact]
    public void Virtual_pair_with_the_default_route_is_not_taken_without_being_named()
    {
        using var lan = new Lan();

        var error = Assert.Throws<HostNetworkException>(() => lan.Host.Run(() => HostInterfaces.Detect()));

        Assert.Contains("'lan0' is of the kind veth", error.Message);
    }

    [Fact]
    public void Network_without_anything_is_a_clear_error()
    {
        using var empty = new NetworkNamespace();

        var error = Assert.Throws<HostNetworkException>(() => empty.Run(() => HostInterfaces.Detect()));

        Assert.Contains("this host has no default route for IPv4. ", error.Message);
    }

    /// <summary>The kernel tells the other end of a cable in its own time.</summary>
    static Task BecomesAsync(Lan lan, bool isUp) =>
        Eventually.TrueAsync(() => Task.FromResult(lan.Host.Run(() => HostInterfaces.Detect(Lan.Parent)).IsUp == isUp));
}
