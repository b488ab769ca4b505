namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Reads the tables from the Linux kernel.</summary>
internal sealed class KernelTables(NetlinkClient client)
{
    internal NetworkTables ReadAll() => new(ReadLinks(), ReadAddresses(), ReadRoutes());

    internal List<NetworkLink> ReadLinks() =>
        client.Read<NetworkLink>(
            NetlinkRequest.Create(NetlinkType.GetLink, NetlinkFlags.Dump, default(LinkHeader))
                .Add(LinkAttribute.Detail, LinkAttribute.SkipStatistics),
            NetlinkType.NewLink,
            LinkParser.Parse);

    internal List<InterfaceAddress> ReadAddresses() =>
        client.Read<InterfaceAddress>(
            NetlinkRequest.Create(NetlinkType.GetAddress, NetlinkFlags.Dump, new AddressHeader { Family = (byte)LinkAttribute.InternetFamily }),
            NetlinkType.NewAddress,
            AddressParser.Parse);

    /// <summary>Reads the main table. With <paramref name="linkIndex"/>, kernels since 4.20 pass on the routes of that link only.</summary>
    internal List<NetworkRoute> ReadRoutes(int? linkIndex = null)
    {
        var request = NetlinkRequest.Create(NetlinkType.GetRoute, NetlinkFlags.Dump, new RouteHeader
        {
            Family = (byte)LinkAttribute.InternetFamily,
            Table = RouteHeader.MainTable,
            Type = RouteHeader.Unicast,
        });
        if (linkIndex is { } index)
        {
            request.Add(RouteAttribute.LinkIndex, index);
        }

        try
        {
            var routes = client.Read<NetworkRoute>(request, NetlinkType.NewRoute, RouteParser.Parse);
            return linkIndex is null ? routes : routes.FindAll(route => route.LinkIndex == linkIndex);
        }
        catch (NetlinkException error) when (error.Number is NetlinkException.NoEntry)
        {
            // A network namespace that never had a route has no main table.
            return [];
        }
    }
}
