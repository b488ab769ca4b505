namespace Decnet.Fleet.Docker.Tests.HostNetwork.Netlink;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Xunit;

public sealed class NetlinkRequestTests
{
    [Fact]
    public void Attributes_are_padded_but_their_lengths_are_not()
    {
        Assert.SkipUnless(BitConverter.IsLittleEndian, "The expected bytes are those of machines with the other byte order.");
        var request = NetlinkRequest.Create(NetlinkType.NewLink, NetlinkFlags.Acknowledge | NetlinkFlags.Create, new LinkHeader { Index = 5 })
            .Add(LinkAttribute.Name, "ab")
            .AddNested(LinkAttribute.Info, info => info.Add(LinkAttribute.InfoKind, "x"));

        Assert.Equal(
            "340000001000050407000000" + "00000000" // length 52, new link, flags, sequence 7, port
            + "00000000050000000000000000000000" // link 5
            + "0700030061620000" // name: 3 bytes and padding
            + "0c00128006000100" + "78000000", // nested info with kind
            Convert.ToHexStringLower(request.Finish(sequence: 7)));
    }

    [Fact]
    public void Long_requests_are_not_cut()
    {
        var request = NetlinkRequest.Create(NetlinkType.NewLink, NetlinkFlags.None, default(LinkHeader));
        for (var i = 0; i < 100; i++)
        {
            request.Add(LinkAttribute.Parent, i);
        }

        var numbers = new List<uint>();
        foreach (var attribute in new NetlinkAttributes(request.Finish(1)[(NetlinkHeader.Size + LinkHeader.Size)..]))
        {
            numbers.Add(attribute.Number);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (uint)i), numbers);
    }

    [Theory]
    [InlineData("macvlan", 4u)]
    [InlineData("ipvlan", 0u)]
    public void Request_for_a_link_says_what_the_kernel_would_list(string kind, uint mode)
    {
        var wanted = kind == "macvlan" ? HostLinkKind.Macvlan : HostLinkKind.Ipvlan;
        var links = new List<NetworkLink>();

        LinkParser.Parse(wanted.Create("some0", parentIndex: 12).Finish(1)[NetlinkHeader.Size..], links);

        var link = Assert.Single(links);
        Assert.Equal(("some0", kind, mode, 12), (link.Name, link.Kind, link.Mode, link.ParentIndex));
    }

    [Fact]
    public void Request_for_a_route_says_what_the_kernel_would_list()
    {
        var routes = new List<NetworkRoute>();

        RouteParser.Parse(HostLinkRequests.AddRoute(12, IPAddress.Parse("198.18.240.20"), IPAddress.Parse("198.18.240.1")).Finish(1)[NetlinkHeader.Size..], routes);

        Assert.Equal(
            new NetworkRoute
            {
                Destination = IPNetwork.Parse("198.18.240.20/32"),
                LinkIndex = 12,
                PreferredSource = IPAddress.Parse("198.18.240.1"),
            },
            Assert.Single(routes));
    }
}
