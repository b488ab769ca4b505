namespace Decnet.Engine.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Xunit;

public sealed class HostLinkTests
{
    const string Decky = "198.18.240.20";
    const string Neighbour = "198.18.240.2";

    [Fact]
    public void Host_reaches_its_decky_through_the_link_and_not_without()
    {
        using var lan = new Lan();
        var before = lan.Rest;
        Assert.Null(Greeter.Connect(lan.Host, Lan.DeckyAddress));

        Assert.True(lan.Ensure([Decky, Neighbour]));

        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
        Assert.Equal("this is 198.18.240.2", Greeter.Connect(lan.Host, Lan.NeighbourAddress));
        Assert.Contains($"dev {Lan.Link}", lan.Host.Ip($"route get {Neighbour}"));
        Assert.Equal(before, lan.Rest);
        var link = lan.LinkJson;
        Assert.Equal("macvlan", link.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal("bridge", link.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString());
        Assert.Equal(Lan.Parent, link.GetProperty("link").GetString());
        Assert.Equal([$"{Lan.HostAddress}/32"], lan.LinkAddresses);

        Assert.True(lan.Remove());
        Assert.False(lan.Remove());

        Assert.Null(Greeter.Connect(lan.Host, Lan.DeckyAddress));
        Assert.Equal(before, lan.Rest);
        Assert.Equal("this is 198.18.240.2", Greeter.Connect(lan.Host, Lan.NeighbourAddress));
    }

    [Fact]
    public void A_second_call_changes_nothing()
    {
        using var lan = new Lan();
        string[] deckies = [.. Enumerable.Range(10, 200).Select(i => $"198.18.240.{i}")];
        Assert.True(lan.Ensure(deckies));
        var link = lan.LinkJson.GetRawText();

        Assert.False(lan.Ensure([.. deckies.Reverse(), deckies[0]]));

        Assert.Equal(link, lan.LinkJson.GetRawText());
        Assert.Equal(200, lan.LinkRoutes.Length);
    }

    [Fact]
    public void Routes_follow_the_deckies()
    {
        using var lan = new Lan();
        lan.Ensure(["198.18.240.20", "198.18.240.21"]);

        Assert.True(lan.Ensure(["198.18.240.21", "198.18.240.22"]));

        Assert.Equal(["198.18.240.21 198.18.240.1 link", "198.18.240.22 198.18.240.1 link"], lan.LinkRoutes);
        Assert.True(lan.Ensure([]));
        Assert.Empty(lan.LinkRoutes);
    }

    [Fact]
    [Trait("Weakness", "W-39")]
    public void Only_addresses_of_deckies_are_led_through_the_link()
    {
        using var lan = new Lan();
        lan.Host.Ip($"link add {Lan.Link} link {Lan.Parent} type macvlan mode bridge");
        lan.Host.Ip($"addr add {Lan.HostAddress}/32 dev {Lan.Link}");
        lan.Host.Ip($"link set {Lan.Link} up");
        lan.Host.Ip($"route add 198.18.240.0/28 dev {Lan.Link}");
        lan.Host.Ip($"route add 198.18.240.20 dev {Lan.Link} metric 5");
        var index = lan.LinkJson.GetProperty("ifindex").GetInt32();

        Assert.True(lan.Ensure(["198.18.240.2", "198.18.240.20"]));

        Assert.Equal(["198.18.240.2 198.18.240.1 link", "198.18.240.20 198.18.240.1 link"], lan.LinkRoutes);
        Assert.Equal(index, lan.LinkJson.GetProperty("ifindex").GetInt32());
        Assert.Contains($"dev {Lan.Parent}", lan.Host.Ip("route get 198.18.240.3"));
    }

    [Fact]
    [Trait("Weakness", "W-41")]
    public void Link_on_another_parent_is_replaced()
    {
        using var lan = new Lan();
        lan.Host.Ip("link add old0 type veth peer name old1");
        lan.Host.Ip("link set old0 up");
        lan.Ensure([Decky], parent: "old0");
        Assert.Null(Greeter.Connect(lan.Host, Lan.DeckyAddress));

        Assert.True(lan.Ensure([Decky]));

        Assert.Equal(Lan.Parent, lan.LinkJson.GetProperty("link").GetString());
        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
        Assert.False(lan.Ensure([Decky]));
    }

    [Fact]
    public void Link_of_another_mode_is_replaced()
    {
        using var lan = new Lan();
        lan.Host.Ip($"link add {Lan.Link} link {Lan.Parent} type macvlan mode private");

        Assert.True(lan.Ensure([Decky]));

        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
    }

    [Fact]
    public void Link_that_was_changed_is_put_right()
    {
        using var lan = new Lan();
        lan.Ensure([Decky]);
        lan.Host.Ip($"link set {Lan.Link} down");
        lan.Host.Ip($"addr add 198.18.240.77/24 dev {Lan.Link}");

        Assert.True(lan.Ensure([Decky]));

        Assert.Equal([$"{Lan.HostAddress}/32"], lan.LinkAddresses);
        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
    }

    [Fact]
    public void Address_of_the_host_on_the_link_may_be_another_one_and_may_change()
    {
        using var lan = new Lan();
        lan.Ensure([Decky]);

        Assert.True(lan.Ensure([Decky], hostAddress: IPAddress.Parse("198.18.240.99")));

        Assert.Equal(["198.18.240.99/32"], lan.LinkAddresses);
        Assert.Equal(["198.18.240.20 198.18.240.99 link"], lan.LinkRoutes);
        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
        Assert.False(lan.Ensure([Decky], hostAddress: IPAddress.Parse("198.18.240.99")));
    }

    [Fact]
    public void Link_on_a_macvlan_is_not_replaced_again_and_again()
    {
        using var lan = new Lan();
        lan.Host.Ip($"link add upper0 link {Lan.Parent} type macvlan mode bridge");
        lan.Host.Ip("link set upper0 up");

        Assert.True(lan.Ensure([Decky], parent: "upper0"));
        Assert.False(lan.Ensure([Decky], parent: "upper0"));
    }

    [Fact]
    public void Link_takes_no_address_from_the_routers_of_the_lan()
    {
        using var lan = new Lan();
        Assert.SkipUnless(Directory.Exists("/proc/sys/net/ipv6"), "This kernel has no IPv6.");

        lan.Ensure([Decky]);

        Assert.Equal("1", lan.Host.Run(() => File.ReadAllText($"/proc/sys/net/ipv6/conf/{Lan.Link}/disable_ipv6")).Trim());
        Assert.DoesNotContain("inet6", lan.Host.Ip($"-6 addr show {Lan.Link}"));
    }

    [Fact]
    public void Neighbour_that_learnt_the_hardware_address_of_the_link_still_reaches_a_strict_host()
    {
        using var lan = new Lan();
        lan.Host.Run(() =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/conf/all/rp_filter", "1");
            return 0;
        });
        lan.Ensure([Decky]);
        lan.Listen(lan.Host, Lan.HostAddress);

        lan.Neighbour.Ip($"neigh replace {Lan.HostAddress} lladdr {lan.LinkJson.GetProperty("address").GetString()} dev far0");

        Assert.Equal("this is 198.18.240.1", Greeter.Connect(lan.Neighbour, Lan.HostAddress));
    }

    [Fact]
    public void Ipvlan_of_a_kernel_that_has_none_is_a_clear_error()
    {
        using var lan = new Lan();
        Assert.SkipWhen(HasIpvlan(lan), "This kernel has ipvlan.");
        lan.Ensure([Decky]);

        var error = Assert.Throws<HostNetworkException>(() => lan.Ensure([Decky], driver: NetworkDriver.Ipvlan));

        Assert.Equal((HostNetworkError.NotSupported, "decnet_ipvlan0"), (error.Error, error.InterfaceName));
        Assert.Contains("does not have ipvlan; load it (modprobe ipvlan)", error.Message);
        Assert.DoesNotContain(Lan.Link, lan.Host.Ip("link"));
    }

    [Fact]
    public void Host_reaches_its_decky_by_ipvlan()
    {
        using var lan = new Lan();
        Assert.SkipUnless(HasIpvlan(lan), "This kernel has no ipvlan.");
        lan.Decky.Ip("link delete decky0");
        lan.Host.Ip($"link add decky0 link {Lan.Parent} type ipvlan mode l2");
        lan.Host.Ip($"link set decky0 netns {lan.Decky.Path}");
        lan.Decky.Ip($"addr add {Decky}/24 dev decky0");
        lan.Decky.Ip("link set decky0 up");

        Assert.True(lan.Ensure([Decky], hostAddress: IPAddress.Parse("198.18.240.99"), driver: NetworkDriver.Ipvlan));

        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
        Assert.False(lan.Ensure([Decky], hostAddress: IPAddress.Parse("198.18.240.99"), driver: NetworkDriver.Ipvlan));
    }

    static bool HasIpvlan(Lan lan)
    {
        try
        {
            lan.Host.Ip("link add probe0 type veth peer name probe1");
            lan.Host.Ip("link add probe2 link probe0 type ipvlan mode l2");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            lan.Host.Ip("link delete probe0");
        }
    }
}
