namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Testing;
using Xunit;

public sealed class HostNeighboursTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Neighbours_that_have_answered_are_told_by_network()
    {
        var table = folder.File("arp");
        await File.WriteAllTextAsync(
            table,
            """
            IP address       HW type     Flags       HW address            Mask     Device
            198.18.7.20      0x1         0x2         02:42:c6:12:07:14     *        eth0
            198.18.7.21      0x1         0x0         00:00:00:00:00:00     *        eth0
            198.18.7.22      0x1         0x6         02:42:c6:12:07:16     *        eth0
            198.18.8.20      0x1         0x2         02:42:c6:12:08:14     *        eth1
            not a line

            """);

        var found = await HostNeighbours.ReadAsync(IPNetwork.Parse("198.18.7.0/24"), table);

        Assert.Equal(["198.18.7.20", "198.18.7.22"], found.Select(address => address.ToString()).Order());
    }

    [Fact]
    public async Task Where_there_is_no_table_nothing_is_told() =>
        Assert.Empty(await HostNeighbours.ReadAsync(IPNetwork.Parse("198.18.7.0/24"), folder.File("none")));

    public void Dispose() => folder.Dispose();
}
