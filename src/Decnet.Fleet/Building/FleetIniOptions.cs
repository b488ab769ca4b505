namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>
/// What comes to an INI description from outside. A plain property that is given overrides what the description says, with a
/// warning when that differs; a <c>Default…</c> property fills a gap.
/// </summary>
public sealed record FleetIniOptions : FleetBuildOptions
{
    /// <summary>The network, instead of <c>[general] net</c>.</summary>
    /// <value>Default: null, the description's.</value>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The gateway, instead of <c>[general] gw</c>.</summary>
    /// <value>Default: null, the description's.</value>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface, instead of <c>[general] interface</c>.</summary>
    /// <value>Default: null, the description's.</value>
    public string? Interface { get; init; }

    /// <summary>The driver, instead of <c>[general] driver</c>.</summary>
    /// <value>Default: null, the description's, else <see cref="NetworkDriver.Macvlan"/>.</value>
    public NetworkDriver? Driver { get; init; }

    /// <summary>The network when neither <see cref="Subnet"/> nor the description has one, such as that of the host.</summary>
    /// <value>Default: null.</value>
    public IPNetwork? DefaultSubnet { get; init; }

    /// <summary>The gateway when neither <see cref="Gateway"/> nor the description has one. It is used only if it is in the network.</summary>
    /// <value>Default: null.</value>
    public IPAddress? DefaultGateway { get; init; }

    /// <summary>The interface when neither <see cref="Interface"/> nor the description has one.</summary>
    /// <value>Default: null, to be detected.</value>
    public string? DefaultInterface { get; init; }

    /// <summary>
    /// How often services rotate, instead of every interval of the description: whole minutes, at least one, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never.
    /// </summary>
    /// <value>Default: null, the description's intervals hold; without any, services do not rotate.</value>
    public TimeSpan? MutateInterval { get; init; }
}
