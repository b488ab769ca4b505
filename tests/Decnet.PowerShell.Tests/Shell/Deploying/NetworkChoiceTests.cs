namespace Decnet.PowerShell.Tests.Shell.Deploying;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Decnet.Shell.Deploying;
using Decnet.Shell.Flow;
using Decnet.Testing;
using Xunit;

/// <summary>Which network deckies get that were described one by one.</summary>
public sealed class NetworkChoiceTests
{
    static readonly DeployRequest Described = new() { Deckies = ShellLab.Deckies("198.18.30.0/24", "web") };

    [Fact]
    public async Task A_fleet_that_has_deckies_keeps_its_network()
    {
        var chosen = await ChooseAsync(Described, Sample.Fleet(Sample.Deckies(1)));

        Assert.Equal(("198.18.0.0/16", "198.18.0.1", NetworkDriver.Bridge), (chosen.Subnet.ToString(), chosen.Gateway.ToString(), chosen.Driver));
    }

    [Fact]
    public async Task An_empty_fleet_gets_the_network_that_the_deckies_were_described_in() =>
        Assert.Equal("198.18.30.0/24", (await ChooseAsync(Described, Sample.Fleet())).Subnet.ToString());

    [Fact]
    public async Task What_the_caller_says_comes_first()
    {
        var request = Described with { Subnet = IPNetwork.Parse("198.18.0.0/15"), Driver = "ipvlan", Interface = "eth7" };

        var chosen = await ChooseAsync(request, null);

        Assert.Equal(
            ("198.18.0.0/15", "198.18.30.1", NetworkDriver.Ipvlan, "eth7"),
            (chosen.Subnet.ToString(), chosen.Gateway.ToString(), chosen.Driver, chosen.Interface));
    }

    [Fact]
    public async Task Addresses_alone_get_the_network_of_the_host()
    {
        var chosen = await ChooseAsync(new DeployRequest { Deckies = ShellLab.Alone("192.168.7.20") }, null);

        Assert.Equal(("192.168.0.0/16", "192.168.0.1", "eth0"), (chosen.Subnet.ToString(), chosen.Gateway.ToString(), chosen.Interface));
    }

    [Fact]
    public async Task A_bridge_is_made_around_addresses_alone_and_no_host_is_asked()
    {
        var request = new DeployRequest { Deckies = ShellLab.Alone("192.168.7.20"), Driver = "Bridge" };

        var chosen = await new NetworkChoice(request, (_, _) => throw new InvalidOperationException("The host was asked.")).ChooseAsync(null, CancellationToken.None);

        Assert.Equal(("192.168.7.0/24", null), (chosen.Subnet.ToString(), chosen.Interface));
    }

    [Fact]
    public async Task Networks_that_differ_are_refused_unless_the_caller_names_one()
    {
        var request = new DeployRequest { Deckies = [.. ShellLab.Deckies("198.18.30.0/24", "web"), .. ShellLab.Deckies("198.18.31.0/24", "mail")] };

        var error = await Assert.ThrowsAsync<FaultException>(() => ChooseAsync(request, null));
        var chosen = await ChooseAsync(request with { Subnet = IPNetwork.Parse("198.18.30.0/23"), Gateway = IPAddress.Parse("198.18.30.1") }, null);

        Assert.Equal("NetworksDiffer", error.Fault.Id);
        Assert.Contains("198.18.31.0/24", error.Message, StringComparison.Ordinal);
        Assert.Equal("198.18.30.0/23", chosen.Subnet.ToString());
    }

    [Fact]
    public async Task A_network_without_its_gateway_is_refused()
    {
        var error = await Assert.ThrowsAsync<FaultException>(() => ChooseAsync(Described with { Subnet = IPNetwork.Parse("10.0.0.0/24") }, null));

        Assert.Equal("GatewayUnknown", error.Fault.Id);
    }

    static Task<Fleet> ChooseAsync(DeployRequest request, Fleet? present) =>
        new NetworkChoice(request, (_, _) => Task.FromResult(Host)).ChooseAsync(present, CancellationToken.None);

    static HostInterface Host { get; } = new()
    {
        Name = "eth0",
        Index = 2,
        Address = IPAddress.Parse("192.168.1.10"),
        Subnet = IPNetwork.Parse("192.168.0.0/16"),
        Gateway = IPAddress.Parse("192.168.0.1"),
        MacAddress = MacAddress.Parse("02:00:00:00:00:01"),
        IsUp = true,
        IsWireless = false,
    };
}
