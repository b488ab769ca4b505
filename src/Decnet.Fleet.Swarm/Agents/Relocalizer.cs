namespace Decnet.Fleet.Swarm.Agents;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>
/// Makes the fleet to deploy on this host of what the master sent: attached to the interface of this host, with its subnet and gateway,
/// and, where that is not the master's network, with addresses of its own. The same command on the same host gives the same addresses.
/// </summary>
/// <param name="options">How it works.</param>
public sealed class Relocalizer(RelocalizerOptions options)
{
    /// <summary>Makes the fleet.</summary>
    /// <param name="command">What the master sent; the names differ.</param>
    /// <param name="present">The fleet of the host; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet, with the deckies of the command alone.</returns>
    /// <exception cref="FleetValidationException">The host has no network for them, or too few addresses; the error names host, network and deckies.</exception>
    public async Task<Fleet> RelocateAsync(DeployCommand command, Fleet? present, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        Decky[] deckies = [.. command.Orders.Select(order => order.Decky with { HostId = null })];
        var fleet = new Fleet
        {
            Subnet = command.Network.Subnet,
            Gateway = command.Network.Gateway,
            Driver = command.Network.Driver,
            Catalog = command.Catalog,
            Deckies = [.. deckies],
        };

        // A bridge is a network of its own: every host may have the same one.
        if (command.Network.Driver == NetworkDriver.Bridge)
        {
            return fleet;
        }

        var host = await DetectAsync(present, cancellationToken).ConfigureAwait(false);
        var isSame = host.Subnet == command.Network.Subnet;
        var gateway = host.Gateway ?? (isSame ? command.Network.Gateway : present?.Subnet == host.Subnet ? present.Gateway : throw NoGateway(host));
        if (AddressSpaceCheck.SubnetFault(host.Subnet) is { } fault)
        {
            throw Refused(FleetIssue.Error("bad-subnet", $"{Place(host)}: {fault.Problem}", fault.Fix, host.Interface));
        }

        var inUse = await options.InUse(host.Subnet, cancellationToken).ConfigureAwait(false);
        var own = await options.Own(host.Subnet, cancellationToken).ConfigureAwait(false);
        var addresses = new HostAddresses(options, host with { Gateway = gateway }, [host.Address, .. own], present, deckies, inUse);
        return fleet with
        {
            Interface = host.Interface,
            Subnet = host.Subnet,
            Gateway = gateway,
            Deckies = isSame ? addresses.Keep() : addresses.Choose(),
        };
    }

    async Task<HostNetworkFacts> DetectAsync(Fleet? present, CancellationToken cancellationToken)
    {
        // Deckies on several interfaces cannot be one fleet: those that are there say which one it is.
        var name = options.Interface ?? (present is { Deckies.Count: > 0 } ? present.Interface : null);
        try
        {
            return await options.Detect(name, cancellationToken).ConfigureAwait(false);
        }
        catch (DecnetException error)
        {
            var which = name is null ? "the network of its default route" : $"the network of its interface '{name}'";
            throw Refused(FleetIssue.Error(
                "no-network", $"The host '{options.HostId}' cannot tell {which}: {error.Message}", "name the interface for deckies when the agent is started", name));
        }
    }

    FleetValidationException NoGateway(HostNetworkFacts host) => Refused(FleetIssue.Error(
        "no-gateway",
        $"{Place(host)} has no gateway in this network, and deckies need one to answer others.",
        "add a default route through it, or start the agent with another interface",
        host.Interface));

    string Place(HostNetworkFacts host) => $"The interface '{host.Interface}' of the host '{options.HostId}', in {host.Subnet},";

    static FleetValidationException Refused(FleetIssue issue) => new("The deployment", [issue]);
}
