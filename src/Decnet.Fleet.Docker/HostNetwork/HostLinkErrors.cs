namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;

/// <summary>The errors of a link to the deckies.</summary>
internal sealed class HostLinkErrors(HostLinkKind kind)
{
    const string Optional = "The fleet works without this link; only this host itself cannot reach its deckies then";

    string Name => kind.LinkName;

    internal HostNetworkException Refused(string what, NetlinkException error) => error.Number switch
    {
        NetlinkException.NotPermitted => Make(
            HostNetworkError.NotPermitted,
            $"{what} is not permitted: changing the network of this host takes root or the capability CAP_NET_ADMIN. Run as root, give the "
            + $"service the capability (in a systemd unit: AmbientCapabilities=CAP_NET_ADMIN), or switch the link '{Name}' off. {Optional}.",
            error),
        NetlinkException.NotSupported => Make(
            HostNetworkError.NotSupported,
            $"{what} failed: {error.Message}. The kernel of this host does not have {kind.Kind}; load it (modprobe {kind.Kind}). {Optional}.",
            error),
        NetlinkException.Busy => Make(
            HostNetworkError.Taken,
            $"{what} failed: {error.Message}. One interface carries either macvlan or ipvlan, and is no port of a bridge or bond meanwhile. {Optional}.",
            error),
        _ => Make(HostNetworkError.Failed, $"{what} failed: {error.Message}. Trying again goes on from here. {Optional}.", error),
    };

    internal HostNetworkException NotOurs(NetworkLink link) => Make(
        HostNetworkError.Taken,
        $"The interface '{Name}' is not the {kind.Kind} link of Decnet, but {(link.Kind is { } other ? $"of the kind {other}" : "hardware")}. "
        + "It was left as it is; remove or rename it.");

    internal HostNetworkException NoParent(string parent, NetworkTables tables) =>
        new(HostNetworkError.NotFound, new InterfaceTexts(tables).NoSuchInterface(parent), parent);

    internal HostNetworkException CannotBeParent(NetworkLink parent) =>
        new(
            HostNetworkError.NotUsable,
            $"'{parent.Name}' cannot carry the link '{Name}': it is no Ethernet interface, or one of these links. "
            + "Give the interface that the deckies are attached to.",
            parent.Name);

    internal HostNetworkException ParentIsDown(NetworkLink parent) =>
        new(
            HostNetworkError.NotUsable,
            $"'{parent.Name}' is down, so the link '{Name}' on it cannot be enabled. Enable it (ip link set {parent.Name} up).",
            parent.Name);

    internal HostNetworkException RoutesTaken(IReadOnlyCollection<IPAddress> deckies) => Make(
        HostNetworkError.Taken,
        $"This host already has another route to {string.Join(", ", deckies)}, which was left as it is; so it reaches "
        + $"{(deckies.Count == 1 ? "this decky" : "these deckies")} that way, or not at all. Remove the route "
        + "(ip route show table main), or give the decky another address.");

    HostNetworkException Make(HostNetworkError error, string message, Exception? cause = null) => new(error, message, Name, cause);
}
