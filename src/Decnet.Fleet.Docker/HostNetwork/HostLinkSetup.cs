namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Decnet.Fleet.Model;

/// <summary>Brings the link to what it shall be, from whatever it is. Every step reads first and changes only what differs.</summary>
internal sealed class HostLinkSetup(NetlinkClient client, HostLinkKind kind, CancellationToken cancellationToken)
{
    readonly KernelTables kernel = new(client);
    readonly HostLinkErrors errors = new(kind);

    string Name => kind.LinkName;

    /// <summary>Whether anything had to be changed.</summary>
    internal bool HasChanged { get; private set; }

    internal void Ensure(string parentName, IPAddress hostAddress, IReadOnlyCollection<IPAddress> deckies)
    {
        var tables = new NetworkTables(kernel.ReadLinks(), kernel.ReadAddresses(), []);
        var parent = FindParent(tables, parentName);
        RemoveOther(tables);
        var link = EnsureLink(tables, parent);
        EnsureAddress(tables, link, hostAddress);
        EnsureEnabled(link);
        EnsureRoutes(link, hostAddress, deckies);
    }

    /// <summary>Removes the link with all that goes through it. A link of another kind under its name is a stranger's.</summary>
    internal void Remove()
    {
        if (kernel.ReadLinks().Find(link => link.Name == Name) is { } link && HostLinkKind.IsOurs(link))
        {
            Delete(link);
        }
    }

    NetworkLink FindParent(NetworkTables tables, string name)
    {
        var parent = tables.Find(name) ?? throw errors.NoParent(name, tables);
        return parent switch
        {
            { IsEthernet: false } or { IsLoopback: true } => throw errors.CannotBeParent(parent),
            _ when parent.Name == Name || parent.Name == kind.Other.LinkName => throw errors.CannotBeParent(parent),
            { IsEnabled: false } => throw errors.ParentIsDown(parent),
            _ => parent,
        };
    }

    void RemoveOther(NetworkTables tables)
    {
        if (tables.Find(kind.Other.LinkName) is { } other && HostLinkKind.IsOurs(other))
        {
            Delete(other);
        }
    }

    NetworkLink EnsureLink(NetworkTables tables, NetworkLink parent)
    {
        // The kernel puts a link on a link of the same kind beside that one, on the interface below.
        var parentIndex = parent.Kind == kind.Kind && parent.ParentIndex != 0 ? parent.ParentIndex : parent.Index;
        if (tables.Find(Name) is { } link)
        {
            if (!HostLinkKind.IsOurs(link))
            {
                throw errors.NotOurs(link);
            }

            if (link.Kind == kind.Kind && link.Mode == kind.Mode && link.ParentIndex == parentIndex)
            {
                return link;
            }

            Delete(link);
        }

        Change($"Making the link '{Name}' on '{parent.Name}'", kind.Create(Name, parentIndex));
        return kernel.ReadLinks().Find(made => made.Name == Name)
            ?? throw new NetlinkException($"the link '{Name}' went away right after it was made");
    }

    void EnsureAddress(NetworkTables tables, NetworkLink link, IPAddress hostAddress)
    {
        var wanted = new IPNetwork(hostAddress, 32);
        var present = tables.AddressesOf(link).ToList();
        foreach (var address in present.Where(address => address.Subnet != wanted))
        {
            Change($"Removing the address {address.Address} from the link '{Name}'", HostLinkRequests.DeleteAddress(address), NetlinkException.NoSuchAddress);
        }

        if (!present.Exists(address => address.Subnet == wanted))
        {
            Change($"Giving the link '{Name}' the address {hostAddress}", HostLinkRequests.AddAddress(link.Index, hostAddress), NetlinkException.Exists);
        }
    }

    void EnsureEnabled(NetworkLink link)
    {
        if (link is not { IsEnabled: true, ReversePathFilter: HostLinkRequests.LooseReversePath, ArpIgnore: HostLinkRequests.OwnAddressOnly })
        {
            HostLinkIPv6.SwitchOff(Name);
            Change($"Enabling the link '{Name}'", HostLinkRequests.Enable(link.Index));
        }
    }

    void EnsureRoutes(NetworkLink link, IPAddress hostAddress, IReadOnlyCollection<IPAddress> deckies)
    {
        var missing = deckies.Select(IPv4.ToNumber).ToHashSet();
        foreach (var route in kernel.ReadRoutes(link.Index).Where(route => !route.IsShared))
        {
            if (!IsToDecky(route, hostAddress) || !missing.Remove(IPv4.ToNumber(route.Destination.BaseAddress)))
            {
                Change($"Removing the route to {route.Destination} through the link '{Name}'", HostLinkRequests.DeleteRoute(route), NetlinkException.NoSuchRoute);
            }
        }

        var taken = missing.Order().Select(IPv4.FromNumber).Where(decky => !TryAddRoute(link, hostAddress, decky)).ToHashSet();
        if (taken.Count > 0)
        {
            // Another process that does the same may have been faster.
            var present = kernel.ReadRoutes(link.Index).Where(route => IsToDecky(route, hostAddress));
            taken.ExceptWith(present.Select(route => route.Destination.BaseAddress));
        }

        if (taken.Count > 0)
        {
            throw errors.RoutesTaken(taken);
        }
    }

    static bool IsToDecky(NetworkRoute route, IPAddress hostAddress) =>
        route is { Destination.PrefixLength: 32, Metric: 0, TypeOfService: 0, Gateway: null } && hostAddress.Equals(route.PreferredSource);

    bool TryAddRoute(NetworkLink link, IPAddress hostAddress, IPAddress decky) =>
        Change($"Adding the route to {decky} through the link '{Name}'", HostLinkRequests.AddRoute(link.Index, decky, hostAddress), NetlinkException.Exists);

    void Delete(NetworkLink link) => Change($"Removing the link '{link.Name}'", HostLinkRequests.DeleteLink(link.Index), NetlinkException.NoSuchDevice);

    /// <summary>Makes a change. False when it met the error that says that there was nothing left to change.</summary>
    bool Change(string what, NetlinkRequest request, int harmless = 0)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            client.Change(request);
            return HasChanged = true;
        }
        catch (NetlinkException error) when (error.Number != 0 && error.Number == harmless)
        {
            return false;
        }
        catch (NetlinkException error)
        {
            throw errors.Refused(what, error);
        }
    }
}
