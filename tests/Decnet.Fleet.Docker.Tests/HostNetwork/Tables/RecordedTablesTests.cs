namespace Decnet.Fleet.Docker.Tests.HostNetwork.Tables;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Xunit;

public sealed class RecordedTablesTests
{
    readonly NetworkTables tables = Recorded.Tables("many-interfaces");

    [Fact]
    public void Links_are_read_with_kind_state_and_place()
    {
        Assert.Equal(["lo", "far0", "lan0", "far1", "lan1", "br0", "tun0", "mac0"], tables.Links.Select(link => link.Name));
        Assert.Equal([null, "veth", "veth", "veth", "veth", "bridge", "tun", "macvlan"], tables.Links.Select(link => link.Kind));
        Assert.Equal([true, true, true, true, true, true, true, false], tables.Links.Select(link => link.IsEnabled));
        Assert.Equal([true, true, true, true, true, true, false, false], tables.Links.Select(link => link.IsRunning));
        Assert.Equal([false, true, true, true, true, true, false, true], tables.Links.Select(link => link.IsEthernet));
        Assert.Equal(["lo"], tables.Links.Where(link => link.IsLoopback).Select(link => link.Name));
        Assert.Equal("02:00:5e:00:00:01", Link("lan0").MacAddress.ToString());
        Assert.Null(Link("tun0").MacAddress);
        Assert.Equal(Link("br0").Index, Link("far1").MasterIndex);
        Assert.Equal((Link("lan0").Index, 1u), (Link("mac0").ParentIndex, Link("mac0").Mode));
        Assert.Equal((0u, 0u), (Link("lan0").ReversePathFilter, Link("lan0").ArpIgnore));
    }

    [Fact]
    public void Addresses_are_read_with_their_networks()
    {
        Assert.Equal(
        [
            "lo 127.0.0.1 127.0.0.0/8",
            "lan0 198.18.240.5 198.18.240.0/25",
            "lan0 198.18.241.5 198.18.241.0/24",
            "lan0 198.18.240.6 198.18.240.0/25 secondary",
            "lan1 169.254.7.7 169.254.0.0/16",
            "lan1 198.18.242.1 198.18.242.9/32",
            "br0 198.18.243.1 198.18.243.0/24",
            "tun0 198.18.244.1 198.18.244.2/32",
        ], tables.Addresses.Select(Text));

        string Text(InterfaceAddress address) =>
            $"{tables.Find(address.LinkIndex)?.Name} {address.Address} {address.Subnet}{(address.IsSecondary ? " secondary" : "")}";
    }

    [Fact]
    public void Routes_of_the_main_table_are_read_with_every_way()
    {
        Assert.Equal(
        [
            "0.0.0.0/0 br0 198.18.243.254 50",
            "0.0.0.0/0 lan0 198.18.241.254 100",
            "0.0.0.0/0 lan1 198.18.242.9 200",
            "169.254.0.0/16 lan1  0",
            "198.18.240.0/25 lan0  0",
            "198.18.241.0/24 lan0  0",
            "198.18.242.9/32 lan1  0",
            "198.18.243.0/24 br0  0",
            "198.18.244.2/32 tun0  0",
            "198.19.1.0/24 lan0 198.18.240.100 7",
            "198.19.1.0/24 br0 198.18.243.2 7",
            "198.19.4.0/24 lan0 198.18.240.102 0",
        ], tables.Routes.Select(route => $"{route.Destination} {tables.Find(route.LinkIndex)?.Name} {route.Gateway} {route.Metric}"));
        Assert.Equal(["198.18.244.2/32"], tables.Routes.Where(route => route.IsDead).Select(route => route.Destination.ToString()));
        Assert.Equal(2, tables.Routes.Count(route => route.IsShared));
        Assert.Equal(IPAddress.Parse("198.18.241.5"), tables.Routes[1].PreferredSource);
        Assert.Equal(0x10, tables.Routes[^1].TypeOfService);
    }

    NetworkLink Link(string name) => Assert.IsType<NetworkLink>(tables.Find(name));
}
