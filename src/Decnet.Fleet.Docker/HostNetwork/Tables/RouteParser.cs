namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using System.Net;
using System.Runtime.InteropServices;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Model;

/// <summary>Reads the messages of the table of routes. A route with several ways becomes one entry for each.</summary>
internal static class RouteParser
{
    const uint PassedOver = RouteHeader.Dead | RouteHeader.LinkDown;

    internal static void Parse(ReadOnlySpan<byte> body, List<NetworkRoute> found)
    {
        if (!MemoryMarshal.TryRead<RouteHeader>(body, out var header))
        {
            throw new NetlinkException("a route in an answer of the kernel is cut off");
        }

        if (header.Family != LinkAttribute.InternetFamily || header.Type != RouteHeader.Unicast || header.DestinationLength > 32)
        {
            return;
        }

        uint table = header.Table;
        var destination = IPAddress.Any;
        var route = new NetworkRoute
        {
            Destination = default,
            LinkIndex = 0,
            TypeOfService = header.TypeOfService,
            IsDead = (header.Flags & PassedOver) != 0,
        };
        ReadOnlySpan<byte> ways = default;
        foreach (var attribute in new NetlinkAttributes(body[RouteHeader.Size..]))
        {
            switch (attribute.Type)
            {
                case RouteAttribute.Table:
                    table = attribute.Number;
                    break;
                case RouteAttribute.Destination:
                    destination = attribute.IPv4Address;
                    break;
                case RouteAttribute.LinkIndex:
                    route = route with { LinkIndex = (int)attribute.Number };
                    break;
                case RouteAttribute.Gateway:
                    route = route with { Gateway = attribute.IPv4Address };
                    break;
                case RouteAttribute.Priority:
                    route = route with { Metric = attribute.Number };
                    break;
                case RouteAttribute.PreferredSource:
                    route = route with { PreferredSource = attribute.IPv4Address };
                    break;
                case RouteAttribute.NextHops:
                    ways = attribute.Value;
                    break;
            }
        }

        if (table != RouteHeader.MainTable)
        {
            return;
        }

        route = route with { Destination = IPv4.NetworkOf(destination, header.DestinationLength) };
        if (ways.IsEmpty)
        {
            found.Add(route);
        }
        else
        {
            AddWays(route, ways, found);
        }
    }

    static void AddWays(NetworkRoute route, ReadOnlySpan<byte> ways, List<NetworkRoute> found)
    {
        while (!ways.IsEmpty)
        {
            if (!MemoryMarshal.TryRead<NextHopHeader>(ways, out var way) || way.Length < NextHopHeader.Size || way.Length > ways.Length)
            {
                throw new NetlinkException("a way of a route in an answer of the kernel is cut off");
            }

            IPAddress? gateway = null;
            foreach (var attribute in new NetlinkAttributes(ways[NextHopHeader.Size..way.Length]))
            {
                gateway = attribute.Type == RouteAttribute.Gateway ? attribute.IPv4Address : gateway;
            }

            found.Add(route with { LinkIndex = way.LinkIndex, Gateway = gateway, IsDead = (way.Flags & PassedOver) != 0, IsShared = true });
            ways = ways[Math.Min((way.Length + 3) & ~3, ways.Length)..];
        }
    }
}
