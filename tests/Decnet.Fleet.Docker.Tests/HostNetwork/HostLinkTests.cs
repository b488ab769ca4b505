namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Xunit;

public sealed class HostLinkTests
{
    static readonly IPAddress Host = IPAddress.Parse("198.18.240.1");

    [Fact]
    public void Links_have_the_names_of_their_drivers()
    {
        Assert.Equal("decnet_macvlan0", new HostLink().Name);
        Assert.Equal("decnet_ipvlan0", new HostLink(NetworkDriver.Ipvlan).Name);
        Assert.Throws<ArgumentException>(() => new HostLink(NetworkDriver.Bridge));
    }

    [Fact]
    public async Task All_wrong_addresses_are_told_at_once_and_before_anything_is_changed()
    {
        IPAddress[] deckies = [IPAddress.Parse("198.18.240.20"), IPAddress.Broadcast, IPAddress.Any, IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("224.0.0.1"), Host];

        var error = await Assert.ThrowsAsync<ArgumentException>(() => new HostLink().EnsureAsync("decnet-none0", Host, deckies));

        Assert.All(["'255.255.255.255'", "'0.0.0.0'", "'127.0.0.1'", "'::1'", "'224.0.0.1'", "address of the host itself, 198.18.240.1"], part => Assert.Contains(part, error.Message));
        Assert.DoesNotContain("198.18.240.20", error.Message);
    }

    [Fact]
    public async Task Cancelled_call_changes_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The link is there on Linux only.");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new HostLink().EnsureAsync("lo", Host, [], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Other_systems_are_told_that_they_have_none()
    {
        Assert.SkipWhen(OperatingSystem.IsLinux(), "Linux has the link.");

        var error = await Assert.ThrowsAsync<HostNetworkException>(() => new HostLink().RemoveAsync());
        Assert.Equal(HostNetworkError.NotSupported, error.Error);
    }
}
