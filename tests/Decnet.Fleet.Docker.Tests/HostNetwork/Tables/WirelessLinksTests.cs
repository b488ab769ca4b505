namespace Decnet.Fleet.Docker.Tests.HostNetwork.Tables;

using Decnet.Fleet.Docker.HostNetwork.Tables;
using Decnet.Testing;
using Xunit;

public sealed class WirelessLinksTests
{
    [Fact]
    public void Wireless_links_are_told_by_what_their_drivers_register()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("wlan0/phy80211"));
        Directory.CreateDirectory(folder.File("wlan1/wireless"));
        Directory.CreateDirectory(folder.File("eth0/queues"));
        NetworkLink[] links = [.. new[] { "wlan0", "wlan1", "eth0", "gone0" }.Select((name, index) => new NetworkLink { Name = name, Index = index })];

        var marked = WirelessLinks.Mark(new NetworkTables(links, [], []), folder.Path);

        Assert.Equal([true, true, false, false], marked.Links.Select(link => link.IsWireless));
    }
}
