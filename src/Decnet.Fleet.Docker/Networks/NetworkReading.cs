namespace Decnet.Fleet.Docker.Networks;

using System.Net;
using System.Net.Sockets;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Model;

/// <summary>Translates networks between the engine's words and ours.</summary>
internal static class NetworkReading
{
    internal const string Parent = "parent";
    internal const string IpvlanMode = "ipvlan_mode";
    internal const string MacvlanMode = "macvlan_mode";
    internal const string Layer2 = "l2";

    internal static NetworkCreate ToCreate(NetworkSpec network)
    {
        if (network.Driver != NetworkDriver.Bridge && network.ParentInterface is null)
        {
            throw new RuntimeException(
                RuntimeError.Invalid,
                $"The {Token<NetworkDriver>.Of(network.Driver)} network {network.Name} cannot be made without a parent interface. Name the fleet's interface.");
        }

        return new NetworkCreate
        {
            Name = network.Name,
            Driver = Token<NetworkDriver>.Of(network.Driver),
            IPAM = new NetworkIPAM
            {
                Driver = "default",
                Config =
                [
                    new NetworkPool { Subnet = network.Subnet.ToString(), IPRange = network.Range?.ToString(), Gateway = network.Gateway.ToString() },
                ],
            },
            Options = OptionsOf(network),
            Labels = network.Labels,
        };
    }

    /// <summary>What a network is in our terms.</summary>
    /// <exception cref="RuntimeException">It is of a kind that deckies are never attached to.</exception>
    internal static NetworkSpec ToSpec(NetworkDetails network)
    {
        var name = network.Name ?? "";
        if (!Token<NetworkDriver>.TryParse(network.Driver ?? "", out var driver))
        {
            throw Foreign(name, $"its driver is {network.Driver}");
        }

        var options = network.Options ?? [];
        var mode = driver switch
        {
            NetworkDriver.Ipvlan => options.GetValueOrDefault(IpvlanMode, Layer2) == Layer2 ? null : options[IpvlanMode],
            NetworkDriver.Macvlan => options.GetValueOrDefault(MacvlanMode, "bridge") == "bridge" ? null : options[MacvlanMode],
            _ => null,
        };
        if (mode is not null)
        {
            throw Foreign(name, $"its mode is {mode}");
        }

        foreach (var pool in network.IPAM?.Config ?? [])
        {
            if (IPNetwork.TryParse(pool.Subnet, out var subnet) && subnet.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
            {
                return new NetworkSpec
                {
                    Name = name,
                    Driver = driver,
                    Subnet = subnet,
                    Range = IPNetwork.TryParse(pool.IPRange, out var range) ? range : null,
                    Gateway = GatewayOf(pool, subnet),
                    ParentInterface = options.GetValueOrDefault(Parent),
                    Labels = network.Labels is { } labels ? new ValueMap<string>(labels) : ValueMap<string>.Empty,
                };
            }
        }

        throw Foreign(name, "it has no IPv4 subnet");
    }

    /// <summary>The gateway; without one the engine takes the first address.</summary>
    static IPAddress GatewayOf(NetworkPool pool, IPNetwork subnet)
    {
        if (IPAddress.TryParse(pool.Gateway?.Split('/')[0], out var gateway))
        {
            return gateway;
        }

        var bytes = subnet.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes);
    }

    static Dictionary<string, string>? OptionsOf(NetworkSpec network) => network.Driver switch
    {
        NetworkDriver.Macvlan => new() { [Parent] = network.ParentInterface! },
        NetworkDriver.Ipvlan => new() { [Parent] = network.ParentInterface!, [IpvlanMode] = Layer2 },
        _ => null,
    };

    static RuntimeException Foreign(string name, string why) =>
        new(RuntimeError.Conflict, $"There is a network {name} that deckies cannot be attached to: {why}. Remove it: docker network rm {name}");
}
