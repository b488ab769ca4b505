namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using System.Net.Sockets;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Model;

/// <summary>
/// An optional link by which this host itself reaches its deckies. The parent of a macvlan or ipvlan network cannot talk to the
/// containers on it; a link of the same kind beside them can. Linux only; changes take root or <c>CAP_NET_ADMIN</c>.
/// </summary>
/// <remarks>
/// The link has one address and one route for each decky, never a route for a range, so nobody else's packets are led through it.
/// The link and everything on it belong to Decnet: addresses and routes that somebody adds to it are removed. It stays until it is removed or
/// the host restarts.
/// </remarks>
public sealed class HostLink
{
    readonly HostLinkKind kind;

    /// <summary>Makes an object for the link of a driver; the host is not touched.</summary>
    /// <param name="driver">How the deckies are attached: <see cref="NetworkDriver.Macvlan"/> or <see cref="NetworkDriver.Ipvlan"/>.</param>
    /// <exception cref="ArgumentException">The driver needs no link.</exception>
    public HostLink(NetworkDriver driver = NetworkDriver.Macvlan) => kind = HostLinkKind.Of(driver);

    /// <summary>The name of the link: <c>decnet_macvlan0</c> or <c>decnet_ipvlan0</c>.</summary>
    public string Name => kind.LinkName;

    /// <summary>
    /// Brings link, address and routes to what they shall be. Calling it again changes nothing. A link on another parent or of another
    /// mode is replaced, that of the other driver removed.
    /// </summary>
    /// <param name="parent">The interface that the deckies are attached to.</param>
    /// <param name="hostAddress">
    /// The address of this host on the link. With macvlan, the host's address on <paramref name="parent"/> will do; a free address of the
    /// subnet keeps the rest of the LAN from seeing the host's address with two hardware addresses. With ipvlan give a free one: the
    /// driver hands all packets for an address of the link to the link.
    /// </param>
    /// <param name="deckies">The addresses of all deckies that shall be reached; routes to others are removed.</param>
    /// <param name="cancellationToken">Cancels between two changes. The next call goes on from there.</param>
    /// <returns>True when something had to be changed.</returns>
    /// <exception cref="ArgumentException">An address is not the IPv4 address of a single host, or a decky has the host's address.</exception>
    /// <exception cref="HostNetworkException">It could not be done; <see cref="HostNetworkException.Error"/> tells why.</exception>
    public Task<bool> EnsureAsync(
        string parent, IPAddress hostAddress, IReadOnlyCollection<IPAddress> deckies, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(parent);
        ArgumentNullException.ThrowIfNull(hostAddress);
        ArgumentNullException.ThrowIfNull(deckies);
        Check(hostAddress, deckies);
        return RunAsync(setup => setup.Ensure(parent, hostAddress, deckies), cancellationToken);
    }

    /// <summary>Removes the link with its address and routes.</summary>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>True when there was one; false when there was none, or an interface of this name that is not ours, which is left as it is.</returns>
    /// <exception cref="HostNetworkException">It could not be done; <see cref="HostNetworkException.Error"/> tells why.</exception>
    public Task<bool> RemoveAsync(CancellationToken cancellationToken = default) => RunAsync(setup => setup.Remove(), cancellationToken);

    Task<bool> RunAsync(Action<HostLinkSetup> work, CancellationToken cancellationToken) =>
        OperatingSystem.IsLinux()
            ? HostNetworkThread.RunAsync(() => Run(work, cancellationToken), cancellationToken)
            : throw new HostNetworkException(
                HostNetworkError.NotSupported,
                $"The link '{Name}', by which a host reaches its own deckies, is there on Linux only. The fleet works without; "
                + "reach the deckies from another host of the LAN.",
                Name);

    bool Run(Action<HostLinkSetup> work, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = NetlinkSocket.Open();
            var setup = new HostLinkSetup(new NetlinkClient(socket), kind, cancellationToken);
            work(setup);
            return setup.HasChanged;
        }
        catch (NetlinkException error)
        {
            throw new HostLinkErrors(kind).Refused("Reading the network configuration of this host", error);
        }
    }

    static void Check(IPAddress hostAddress, IReadOnlyCollection<IPAddress> deckies)
    {
        List<string> problems =
        [
            .. deckies.Prepend(hostAddress).Where(address => !IsHost(address))
                .Select(address => $"'{address}' is not the IPv4 address of a single host"),
        ];
        if (deckies.Contains(hostAddress))
        {
            problems.Add($"a decky has the address of the host itself, {hostAddress}");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException($"The link to the deckies cannot be made: {string.Join("; ", problems)}.", nameof(deckies));
        }
    }

    /// <summary>Neither this network (0/8), nor the loopback (127/8), nor multicast, reserved or broadcast (224/3) of RFC 6890.</summary>
    static bool IsHost(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && (IPv4.ToNumber(address) >> 24) is > 0 and < 224 and not 127;
}
