namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;

/// <summary>Finds the interface of this host that deckies are attached to. Reads only, needs no rights and starts no program.</summary>
public static class HostInterfaces
{
    /// <summary>Describes an interface.</summary>
    /// <param name="name">
    /// Its name. With null it is the one of the IPv4 default route; of several, one that is up, with the lowest metric. Without a
    /// name, only Ethernet hardware, Wi-Fi, VLANs and bonds are chosen: never a bridge, a virtual pair, a tunnel or an interface of the
    /// engine.
    /// </param>
    /// <returns>The interface. One that was named may be down.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="HostNetworkException">There is none, or deckies cannot live on it. The message lists those that exist.</exception>
    public static HostInterface Detect(string? name = null)
    {
        if (name is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
        }

        return new InterfaceChooser(ReadTables()).Choose(name);
    }

    /// <summary>The same as <see cref="Detect"/>, without blocking the caller while the system answers.</summary>
    /// <param name="name">The name, or null for the interface of the default route.</param>
    /// <param name="cancellationToken">Cancels before the work begins.</param>
    /// <returns>The interface.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="HostNetworkException">There is none, or deckies cannot live on it. The message lists those that exist.</exception>
    public static Task<HostInterface> DetectAsync(string? name = null, CancellationToken cancellationToken = default) =>
        HostNetworkThread.RunAsync(() => Detect(name), cancellationToken);

    /// <summary>Finds the interface that reaches the hosts of a subnet: the one whose network holds it, else the one of the default route.</summary>
    /// <exception cref="HostNetworkException">There is none. The message lists those that exist.</exception>
    internal static Task<HostInterface> DetectForAsync(IPNetwork subnet, CancellationToken cancellationToken) =>
        HostNetworkThread.RunAsync(() => new InterfaceChooser(ReadTables()).Choose(subnet), cancellationToken);

    /// <summary>Lists the IPv4 addresses of this host, on all its interfaces.</summary>
    /// <exception cref="HostNetworkException">The system does not tell.</exception>
    internal static Task<IReadOnlyCollection<IPAddress>> ReadAddressesAsync(CancellationToken cancellationToken) =>
        HostNetworkThread.RunAsync<IReadOnlyCollection<IPAddress>>(() => [.. ReadTables().Addresses.Select(found => found.Address)], cancellationToken);

    static NetworkTables ReadTables() => OperatingSystem.IsLinux() ? ReadKernel() : SystemTables.Read();

    static NetworkTables ReadKernel()
    {
        try
        {
            using var socket = NetlinkSocket.Open();
            return WirelessLinks.Mark(new KernelTables(new NetlinkClient(socket)).ReadAll());
        }
        catch (NetlinkException error)
        {
            throw new HostNetworkException(
                HostNetworkError.Failed,
                $"The interfaces of this host could not be read: {error.Message}. Give interface, subnet and gateway yourself.",
                innerException: error);
        }
    }
}
