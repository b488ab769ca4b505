namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;

public sealed class MacAddressTests
{
    const string Address = "02:42:c6:13:00:0a";

    static readonly ContainerCreate Container = new()
    {
        Image = "busybox:1.36",
        NetworkingConfig = new NetworkingConfig
        {
            EndpointsConfig = new Dictionary<string, EndpointSettings>
            {
                ["decnet_lan"] = new() { IPAMConfig = new EndpointIPAM { IPv4Address = "198.18.242.10" } },
            },
        },
    };

    [Theory]
    [InlineData(40)]
    [InlineData(43)]
    public void Old_engines_take_it_from_the_container_alone(int minor)
    {
        var made = Container.WithMacAddress(Address, "decnet_lan", new ApiVersion(1, minor));
        Assert.Equal(Address, made.MacAddress);
        Assert.Null(made.NetworkingConfig!.EndpointsConfig!["decnet_lan"].MacAddress);
    }

    [Theory]
    [InlineData(44)]
    [InlineData(52)]
    public void Later_engines_take_it_from_the_endpoint_alone(int minor)
    {
        var made = Container.WithMacAddress(Address, "decnet_lan", new ApiVersion(1, minor));
        Assert.Null(made.MacAddress);
        var endpoint = made.NetworkingConfig!.EndpointsConfig!["decnet_lan"];
        Assert.Equal(Address, endpoint.MacAddress);
        Assert.Equal("198.18.242.10", endpoint.IPAMConfig!.IPv4Address);
        Assert.Null(Container.NetworkingConfig!.EndpointsConfig!["decnet_lan"].MacAddress);
    }

    [Fact]
    public void The_endpoint_is_made_when_there_is_none_yet()
    {
        var made = new ContainerCreate { Image = "x" }.WithMacAddress(Address, "lan", ApiVersion.Newest);
        Assert.Equal(Address, made.NetworkingConfig!.EndpointsConfig!["lan"].MacAddress);
    }
}
