namespace Decnet.Fleet.Swarm.Agents;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;

/// <summary>Gives deckies their addresses in the network of a host.</summary>
/// <param name="options">What is left out.</param>
/// <param name="host">The network, with its gateway.</param>
/// <param name="hostAddresses">The addresses of the host itself.</param>
/// <param name="present">The fleet of the host; null for none.</param>
/// <param name="deckies">The deckies, as they were sent.</param>
/// <param name="inUse">Addresses that others are known to use.</param>
internal sealed class HostAddresses(
    RelocalizerOptions options,
    HostNetworkFacts host,
    ValueList<IPAddress> hostAddresses,
    Fleet? present,
    IReadOnlyList<Decky> deckies,
    IReadOnlyCollection<IPAddress> inUse)
{
    const int MostNames = 10;

    readonly HashSet<DeckyName> named = [.. deckies.Select(decky => decky.Name)];
    readonly Dictionary<DeckyName, IPAddress> own = present?.Deckies.DistinctBy(decky => decky.Name).ToDictionary(decky => decky.Name, decky => decky.IPAddress) ?? [];

    /// <summary>Leaves the addresses as they are, in the network that host and master share.</summary>
    /// <exception cref="FleetValidationException">Some are taken here; the error names both for each.</exception>
    internal ValueList<Decky> Keep()
    {
        FleetIssue[] issues = [.. deckies.Select(Taken).OfType<FleetIssue>()];
        return issues.Length == 0 ? [.. deckies] : throw new FleetValidationException("The deployment", issues);
    }

    /// <summary>Leaves deckies that the host has the addresses that they have, and gives others the lowest free ones, in their order.</summary>
    /// <exception cref="FleetValidationException">There are too few.</exception>
    internal ValueList<Decky> Choose()
    {
        var allocator = new AddressAllocator(new AddressSpace
        {
            Subnet = host.Subnet,
            Gateway = host.Gateway,
            HostAddresses = hostAddresses,
            Reserved = [.. (present?.Deckies ?? []).Where(decky => !named.Contains(decky.Name)).Select(decky => decky.IPAddress)],
            Excluded = [.. inUse.Except(own.Values)],
            ExcludedRanges = options.ExcludedRanges,
        });
        var kept = named
            .Where(name => own.TryGetValue(name, out var address) && allocator.TryClaim(address, name.Value, out _))
            .ToHashSet();
        DeckyName[] fresh = [.. deckies.Select(decky => decky.Name).Where(name => !kept.Contains(name))];
        var free = fresh.Length == 0 ? 0 : allocator.CountFree();
        return free >= fresh.Length
            ? [.. deckies.Select(decky => decky with { IPAddress = kept.Contains(decky.Name) ? own[decky.Name] : allocator.Next()! })]
            : throw new FleetValidationException("The deployment", [Shortage(fresh, free)]);
    }

    FleetIssue? Taken(Decky decky)
    {
        var address = decky.IPAddress;
        var isItsOwn = own.GetValueOrDefault(decky.Name)?.Equals(address) == true;
        var taker =
            hostAddresses.Contains(address) ? $"the host '{options.HostId}' itself"
            : address.Equals(host.Gateway) ? $"the gateway of the host '{options.HostId}'"
            : present?.Deckies.FirstOrDefault(other => other.IPAddress.Equals(address) && !named.Contains(other.Name)) is { } other ? $"the decky '{other.Name}' of the host '{options.HostId}'"
            : !isItsOwn && inUse.Contains(address) ? $"somebody whom the host '{options.HostId}' sees in {host.Subnet}"
            : null;
        return taker is null
            ? null
            : FleetIssue.Error("address-taken", $"The address {address} of '{decky.Name}' is that of {taker}.", "give the decky another address", decky.Name.Value);
    }

    FleetIssue Shortage(IReadOnlyList<DeckyName> fresh, long free)
    {
        var rest = fresh.Count > MostNames ? $" and {fresh.Count - MostNames} more" : "";
        return FleetIssue.Error(
            "not-enough-addresses",
            $"The network {host.Subnet} of the host '{options.HostId}' has {free} free addresses, and {fresh.Count} deckies need one: {string.Join(", ", fresh.Take(MostNames))}{rest}.",
            "send the host fewer deckies, or remove some that it has");
    }
}
