namespace Decnet.Engine.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Xunit;

public sealed class HostLinkRefusalTests
{
    const string Decky = "198.18.240.20";

    [Fact]
    public void Interface_of_a_stranger_with_our_name_is_left_alone()
    {
        using var lan = new Lan();
        lan.Host.Ip($"link add {Lan.Link} type bridge");
        lan.Host.Ip($"addr add 198.18.240.129/25 dev {Lan.Link}");
        var before = lan.Host.Ip($"-d addr show {Lan.Link}");

        var error = Assert.Throws<HostNetworkException>(() => lan.Ensure([Decky]));

        Assert.Equal((HostNetworkError.Taken, Lan.Link), (error.Error, error.InterfaceName));
        Assert.Contains("of the kind bridge. It was left as it is; remove or rename it.", error.Message);
        Assert.False(lan.Remove());
        Assert.Equal(before, lan.Host.Ip($"-d addr show {Lan.Link}"));
    }

    [Fact]
    public void Route_of_a_stranger_to_a_decky_is_left_alone_and_told_and_the_others_are_made()
    {
        using var lan = new Lan();
        lan.Host.Ip($"route add 198.18.240.21 via {Lan.NeighbourAddress}");
        var before = lan.Rest;

        var error = Assert.Throws<HostNetworkException>(() => lan.Ensure(["198.18.240.21", Decky]));

        Assert.Equal(HostNetworkError.Taken, error.Error);
        Assert.Contains("another route to 198.18.240.21, which", error.Message);
        Assert.Equal(before, lan.Rest);
        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
    }

    [Fact]
    public void Without_the_capability_the_error_says_what_is_needed_and_what_works_without()
    {
        using var lan = new Lan();

        var error = Assert.IsType<HostNetworkException>(lan.Host.Run(() => Unprivileged.Run(() =>
            Record.Exception(() => new HostLink().EnsureAsync(Lan.Parent, Lan.HostAddress, [IPAddress.Parse(Decky)]).GetAwaiter().GetResult()))));

        Assert.Equal((HostNetworkError.NotPermitted, Lan.Link), (error.Error, error.InterfaceName));
        Assert.Contains("is not permitted", error.Message);
        Assert.Contains("Run as root, give the service the capability (in a systemd unit: AmbientCapabilities=CAP_NET_ADMIN)", error.Message);
        Assert.Contains("The fleet works without this link; only this host itself cannot reach its deckies then.", error.Message);
        Assert.DoesNotContain(Lan.Link, lan.Host.Ip("link"));
    }

    [Fact]
    public void Without_the_capability_a_link_that_is_as_it_shall_be_is_no_error()
    {
        using var lan = new Lan();
        lan.Ensure([Decky]);

        var (changed, removal, found) = lan.Host.Run(() => Unprivileged.Run(() => (
            new HostLink().EnsureAsync(Lan.Parent, Lan.HostAddress, [IPAddress.Parse(Decky)]).GetAwaiter().GetResult(),
            Record.Exception(() => new HostLink().RemoveAsync().GetAwaiter().GetResult()),
            HostInterfaces.Detect(Lan.Parent))));

        Assert.False(changed);
        Assert.Equal(HostNetworkError.NotPermitted, Assert.IsType<HostNetworkException>(removal).Error);
        Assert.Equal(Lan.HostAddress, found.Address);
        Assert.Equal("this is 198.18.240.20", Greeter.Connect(lan.Host, Lan.DeckyAddress));
    }

    [Theory]
    [InlineData("none0", HostNetworkError.NotFound, "This host has no interface 'none0'. Its interfaces: lan0 (veth, 198.18.240.1/24)")]
    [InlineData("lo", HostNetworkError.NotUsable, "'lo' cannot carry the link 'decnet_macvlan0'")]
    [InlineData("decnet_macvlan0", HostNetworkError.NotFound, "This host has no interface 'decnet_macvlan0'.")]
    [InlineData("off0", HostNetworkError.NotUsable, "'off0' is down, so the link 'decnet_macvlan0' on it cannot be enabled. Enable it (ip link set off0 up).")]
    [InlineData("port0", HostNetworkError.Taken, "Making the link 'decnet_macvlan0' on 'port0' failed: Device or resource busy")]
    public void Parent_that_will_not_do_is_told_with_the_fix(string parent, HostNetworkError kind, string text)
    {
        using var lan = new Lan();
        lan.Host.Ip("link add off0 type veth peer name port0");
        lan.Host.Ip("link add br0 type bridge");
        lan.Host.Ip("link set port0 up master br0");

        var error = Assert.Throws<HostNetworkException>(() => lan.Ensure([Decky], parent));

        Assert.Equal(kind, error.Error);
        Assert.StartsWith(text, error.Message);
        Assert.DoesNotContain(Lan.Link, lan.Host.Ip("link"));
    }
}
