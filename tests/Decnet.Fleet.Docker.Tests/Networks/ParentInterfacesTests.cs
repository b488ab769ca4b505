namespace Decnet.Fleet.Docker.Tests.Networks;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Docker.Networks;
using Decnet.Fleet.Model;

public sealed class ParentInterfacesTests
{
    const string Local = "unix:///var/run/docker.sock";

    static readonly NetworkSpec Unnamed = new()
    {
        Name = "decnet_lan",
        Driver = NetworkDriver.Macvlan,
        Subnet = IPNetwork.Parse("198.18.5.0/24"),
        Gateway = IPAddress.Parse("198.18.5.1"),
    };

    static readonly HostInterface Eth1 = new()
    {
        Name = "eth1",
        Index = 3,
        Address = IPAddress.Parse("198.18.5.2"),
        Subnet = IPNetwork.Parse("198.18.5.0/24"),
        MacAddress = MacAddress.Parse("00:50:56:00:00:01"),
        IsUp = true,
        IsWireless = false,
    };

    readonly List<IPNetwork> asked = [];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NetworkDriver.Macvlan, Local)]
    [InlineData(NetworkDriver.Ipvlan, Local)]
    [InlineData(NetworkDriver.Macvlan, "npipe://./pipe/docker_engine")]
    public async Task The_interface_of_the_networks_subnet_is_taken_when_none_is_named(NetworkDriver driver, string endpoint)
    {
        var network = await CompleteAsync(Unnamed with { Driver = driver }, endpoint, Eth1);
        Assert.Equal(("eth1", Unnamed.Subnet), (network.ParentInterface, Assert.Single(asked)));
    }

    [Theory]
    [InlineData(NetworkDriver.Macvlan, "eth0")]
    [InlineData(NetworkDriver.Bridge, null)]
    public async Task One_that_is_named_or_not_needed_is_not_looked_for(NetworkDriver driver, string? parent)
    {
        var network = Unnamed with { Driver = driver, ParentInterface = parent };
        Assert.Same(network, await CompleteAsync(network, "tcp://lab:2375", Eth1));
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:2375")]
    [InlineData("npipe://lab/pipe/docker_engine")]
    public async Task The_interfaces_of_another_host_are_not_guessed(string endpoint)
    {
        var error = await Assert.ThrowsAsync<RuntimeException>(() => CompleteAsync(Unnamed, endpoint, Eth1));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Contains("parent interface", error.Message, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task A_wireless_interface_is_not_taken_for_macvlan()
    {
        var error = await Assert.ThrowsAsync<RuntimeException>(() => CompleteAsync(Unnamed, Local, Eth1 with { IsWireless = true }));
        Assert.Contains("eth1, is Wi-Fi", error.Message, StringComparison.Ordinal);
        Assert.Equal("eth1", (await CompleteAsync(Unnamed with { Driver = NetworkDriver.Ipvlan }, Local, Eth1 with { IsWireless = true })).ParentInterface);
    }

    [Fact]
    public async Task Nothing_to_choose_is_an_error_that_says_what_there_is()
    {
        var error = await Assert.ThrowsAsync<RuntimeException>(() => CompleteAsync(Unnamed, Local, null));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Contains("there is only lo", error.Message, StringComparison.Ordinal);
    }

    Task<NetworkSpec> CompleteAsync(NetworkSpec network, string endpoint, HostInterface? found) =>
        new ParentInterfaces(DockerEndpoint.Parse(endpoint), (subnet, _) =>
        {
            asked.Add(subnet);
            return found is null
                ? Task.FromException<HostInterface>(new HostNetworkException(HostNetworkError.NotFound, "there is only lo"))
                : Task.FromResult(found);
        }).CompleteAsync(network, Token);
}
