namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Says which host runs which decky of a fleet that is to be deployed. Pure: the same input gives the same places.</summary>
public static class HostPlacement
{
    /// <summary>Places all deckies.</summary>
    /// <param name="wanted">The fleet that is to be deployed. Its deckies may name hosts by identity or by name.</param>
    /// <param name="present">The fleet that there is; a decky of it keeps its host. Null for none.</param>
    /// <param name="hosts">The hosts of the fleet.</param>
    /// <param name="self">The host that the master itself is.</param>
    /// <param name="rule">Where deckies go that are new and name no host.</param>
    /// <param name="now">The time, by which hosts are active or not.</param>
    /// <returns>The fleet, where every decky of another host names it by its identity.</returns>
    /// <exception cref="FleetValidationException">A decky names a host that is not there, or there is no active host to deal to. The error has every reason.</exception>
    public static Fleet Place(Fleet wanted, Fleet? present, IReadOnlyList<FleetHost> hosts, HostId self, PlacementRule rule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(hosts);
        var issues = new List<FleetIssue>();
        var homes = present?.Deckies.GroupBy(decky => decky.Name).ToDictionary(group => group.Key, group => group.First().EffectiveHost(self)) ?? [];
        var known = hosts.Select(host => (host.Name, host.HostId)).Concat(hosts.Select(host => (Name: host.HostId.Value, host.HostId)))
            .Append((Name: self.Value, HostId: self)).GroupBy(host => host.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().HostId, StringComparer.Ordinal);
        Decky[] placed = [.. wanted.Deckies.Select(decky => Resolve(decky, homes, known, self, issues))];
        if (rule == PlacementRule.RoundRobin)
        {
            Deal(placed, homes, hosts, self, now, issues);
        }

        if (issues.Count > 0)
        {
            throw new FleetValidationException("The placement", issues);
        }

        var isSwarm = placed.Any(decky => decky.EffectiveHost(self) != self);
        return wanted with { Deckies = [.. placed], Mode = isSwarm ? FleetMode.Swarm : wanted.Mode };
    }

    /// <summary>Finds the host that a decky names: an identity counts before a name.</summary>
    static Decky Resolve(
        Decky decky, Dictionary<DeckyName, HostId> homes, Dictionary<string, HostId> known, HostId self, List<FleetIssue> issues)
    {
        if (decky.HostId is not { } named)
        {
            return homes.TryGetValue(decky.Name, out var home) && home != self ? decky with { HostId = home } : decky;
        }

        if (!known.TryGetValue(named.Value, out var host))
        {
            var names = known.Keys.Order(StringComparer.Ordinal);
            issues.Add(FleetIssue.Error("unknown-host", $"There is no host '{named}'.", Suggestion.Fix(named.Value, names), decky.Name.Value));
            return decky;
        }

        return host == named ? decky : decky with { HostId = host };
    }

    /// <summary>Gives each new decky without a host to the active host that has the fewest then, and of those to the first by name.</summary>
    static void Deal(
        Decky[] placed, Dictionary<DeckyName, HostId> homes, IReadOnlyList<FleetHost> hosts, HostId self, DateTimeOffset now, List<FleetIssue> issues)
    {
        if (!placed.Any(IsFree))
        {
            return;
        }

        var names = placed.Select(decky => decky.Name).ToHashSet();
        var load = homes.Where(home => !names.Contains(home.Key)).Select(home => home.Value)
            .Concat(placed.Where(decky => !IsFree(decky)).Select(decky => decky.EffectiveHost(self)))
            .CountBy(host => host)
            .ToDictionary();
        var queue = new PriorityQueue<HostId, (int Deckies, int Rank)>();
        var active = hosts.Where(host => host.StatusAt(now) == FleetHostStatus.Active).OrderBy(host => host.Name, StringComparer.Ordinal).ToArray();
        for (var rank = 0; rank < active.Length; rank++)
        {
            queue.Enqueue(active[rank].HostId, (load.GetValueOrDefault(active[rank].HostId), rank));
        }

        if (queue.Count == 0)
        {
            issues.Add(FleetIssue.Error("no-active-host", "No host of the fleet is active, so there is none to deal deckies to.", "start an agent, or place the deckies on the master"));
            return;
        }

        for (var i = 0; i < placed.Length; i++)
        {
            if (IsFree(placed[i]))
            {
                queue.TryDequeue(out var host, out var place);
                placed[i] = placed[i] with { HostId = host };
                queue.Enqueue(host, (place.Deckies + 1, place.Rank));
            }
        }

        bool IsFree(Decky decky) => decky.HostId is null && !homes.ContainsKey(decky.Name);
    }
}
