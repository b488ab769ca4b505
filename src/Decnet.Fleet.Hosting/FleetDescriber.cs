namespace Decnet.Fleet.Hosting;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;

/// <summary>
/// Makes the fleet to deploy of an INI description. Deckies that the present fleet has keep what the description leaves open, such as
/// their addresses; a network that nobody names is that of the host. But for a bridge, which is a network of its own, no decky gets an
/// address of the host.
/// </summary>
/// <param name="clock">The clock; null for the system's.</param>
/// <param name="detect">Finds the network of this host, by the name of an interface or its default route; null for the system's tables.</param>
/// <param name="taken">Tells which addresses of a network the host knows to be taken: deckies get none of them. Null for the system's tables.</param>
public sealed class FleetDescriber(
    TimeProvider? clock = null,
    Func<string?, CancellationToken, Task<HostInterface>>? detect = null,
    Func<IPNetwork, CancellationToken, Task<TakenAddresses>>? taken = null)
{
    readonly FleetBuilder builder = new(clock);
    readonly Func<string?, CancellationToken, Task<HostInterface>> detect = detect ?? HostInterfaces.DetectAsync;
    readonly Func<IPNetwork, CancellationToken, Task<TakenAddresses>> taken = taken ?? TakenAddresses.ReadAsync;

    /// <summary>Describes a fleet.</summary>
    /// <param name="description">The description.</param>
    /// <param name="present">The fleet that is there; null for none.</param>
    /// <param name="options">What the caller says beside it; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet, or every reason why there is none.</returns>
    /// <exception cref="HostNetworkException">Nobody names a network, and the host's cannot be told.</exception>
    public async Task<FleetBuildResult> DescribeAsync(
        FleetIni description, Fleet? present, FleetDescriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        options ??= new FleetDescriptionOptions();
        var ini = new FleetIniOptions
        {
            Subnet = options.Subnet,
            Gateway = options.Gateway,
            Interface = options.Interface,
            Driver = options.Driver ?? (description.Driver is null ? present?.Driver : null),
            Seed = options.Seed,
            DefaultSubnet = present?.Subnet,
            DefaultGateway = present?.Gateway,
            DefaultInterface = present?.Interface,
            Previous = present?.Deckies ?? [],
        };
        if ((ini.Driver ?? description.Driver) != NetworkDriver.Bridge)
        {
            ini = await DetectAsync(ini, description, cancellationToken).ConfigureAwait(false);
            ini = await LeaveOutAsync(ini, description, cancellationToken).ConfigureAwait(false);
        }

        return Build(description, ini, options.Replace);
    }

    /// <summary>
    /// Describes the fleet. What deckies hold that go when it is replaced is given to others only when it has to be: for a while, hosts of
    /// the LAN go on sending to the MAC address that an address has had.
    /// </summary>
    FleetBuildResult Build(FleetIni description, FleetIniOptions options, bool replaces)
    {
        var built = builder.TryBuild(description, options);
        if (built.Succeeded || !replaces)
        {
            return built;
        }

        var named = description.Deckies.Select(decky => decky.Name).ToHashSet();
        return builder.TryBuild(description, options with { Previous = [.. options.Previous.Where(decky => named.Contains(decky.Name))] });
    }

    /// <summary>Asks the host for its network where nobody else has named one.</summary>
    async Task<FleetIniOptions> DetectAsync(FleetIniOptions options, FleetIni description, CancellationToken cancellationToken)
    {
        var hasNetwork = (options.Subnet ?? description.Subnet ?? options.DefaultSubnet) is not null
            && (options.Gateway ?? description.Gateway ?? options.DefaultGateway) is not null;
        if (hasNetwork)
        {
            return options;
        }

        var found = await detect(options.Interface ?? description.Interface, cancellationToken).ConfigureAwait(false);
        return options with { DefaultSubnet = found.Subnet, DefaultGateway = found.Gateway, DefaultInterface = found.Name, HostAddresses = [found.Address] };
    }

    /// <summary>Leaves out what the host knows to be taken, whoever named the network. What its own deckies have is theirs.</summary>
    async Task<FleetIniOptions> LeaveOutAsync(FleetIniOptions options, FleetIni description, CancellationToken cancellationToken)
    {
        if ((options.Subnet ?? description.Subnet ?? options.DefaultSubnet) is not { } subnet)
        {
            return options;
        }

        var known = await taken(subnet, cancellationToken).ConfigureAwait(false);
        return options with
        {
            HostAddresses = [.. options.HostAddresses, .. known.Own],
            Excluded = [.. known.Neighbours.Except(options.Previous.Select(decky => decky.IPAddress))],
        };
    }
}
