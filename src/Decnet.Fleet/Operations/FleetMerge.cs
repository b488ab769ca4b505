namespace Decnet.Fleet.Operations;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>Joins the fleet that somebody wants with the one that there is, or says everything that keeps them apart.</summary>
internal sealed class FleetMerge
{
    readonly Fleet wanted;
    readonly DeployOptions options;
    readonly HostId self;
    readonly List<FleetIssue> issues = [];
    readonly Fleet? present;

    FleetMerge(Fleet wanted, DesiredState current, DeployOptions options, HostId self)
    {
        this.wanted = wanted;
        this.options = options;
        this.self = self;
        present = (current as DesiredState.Known)?.Fleet;
    }

    /// <summary>Joins them.</summary>
    /// <param name="current">What the fleet file says.</param>
    /// <param name="rows">What the store holds, to tell a lost file from a new fleet.</param>
    /// <param name="wanted">The fleet to deploy, without those that are left as they are.</param>
    /// <param name="options">How.</param>
    /// <param name="blueprints">Composes deckies, to see whether that can be done.</param>
    /// <param name="self">The host that asks.</param>
    /// <param name="ownAddresses">The addresses of that host in the network, which no decky of it may have.</param>
    /// <param name="now">The time from which deckies that rotate count, if they have none.</param>
    /// <returns>The fleet to write; deckies that are the same as before are the same instances.</returns>
    /// <exception cref="FleetValidationException">They do not go together, or the result is not a fleet.</exception>
    internal static Fleet Join(
        DesiredState current,
        IReadOnlyList<DeckyRow> rows,
        Fleet wanted,
        DeployOptions options,
        DeckyBlueprints blueprints,
        HostId self,
        ValueList<IPAddress> ownAddresses,
        DateTimeOffset now)
    {
        var merge = new FleetMerge(wanted, current, options, self);
        merge.CheckFile(current, rows);
        merge.CheckNetwork();
        merge.CheckAddresses(ownAddresses);
        var result = merge.Join(now);
        merge.CheckPlaces(result, blueprints);
        if (merge.issues.Count > 0)
        {
            throw new FleetValidationException("The fleet to deploy", merge.issues);
        }

        return result;
    }

    /// <summary>Whether two configurations differ in what somebody asked for, and not only in what has happened since.</summary>
    internal static bool Same(Decky left, Decky right) =>
        left == right with { LastMutated = left.LastMutated, LastLoginAttempt = left.LastLoginAttempt };

    /// <summary>A file that is lost is no empty fleet: its deckies would be deleted as unwanted.</summary>
    void CheckFile(DesiredState current, IReadOnlyList<DeckyRow> rows)
    {
        if (options.Replace)
        {
            return;
        }

        if (current is DesiredState.Corrupt corrupt)
        {
            Error("fleet-corrupt", $"The fleet file cannot be read, so nothing can be added to it: {corrupt.Reason}", "restore it, or replace the whole fleet");
        }
        else if (current is DesiredState.Missing)
        {
            var names = wanted.Deckies.Select(decky => decky.Name).ToHashSet();
            var lost = rows.Where(row => !names.Contains(row.Name)).Select(row => row.Name.Value).ToArray();
            if (lost.Length > 0)
            {
                Error(
                    "fleet-missing",
                    $"The fleet file is gone, and the store still knows {string.Join(", ", lost)}; a new file without them would give them up.",
                    "restore the file, or replace the whole fleet");
            }
        }
    }

    void CheckAddresses(ValueList<IPAddress> own)
    {
        foreach (var decky in wanted.Deckies)
        {
            if (decky.EffectiveHost(self) == self && own.Contains(decky.IPAddress))
            {
                Error(
                    "address-taken",
                    $"The address {decky.IPAddress} of '{decky.Name}' is that of the host '{self}' itself.",
                    "give the decky another address, or none",
                    decky.Name.Value);
            }
        }
    }

    void CheckNetwork()
    {
        if (AddressSpaceCheck.SubnetFault(wanted.Subnet) is { } fault)
        {
            Error("bad-subnet", fault.Problem, fault.Fix, "subnet");
        }

        if (present is null || present.Deckies.Count == 0)
        {
            return;
        }

        var differences = new List<string>();
        Compare("subnet", present.Subnet.ToString(), wanted.Subnet.ToString());
        Compare("gateway", present.Gateway.ToString(), wanted.Gateway.ToString());
        Compare("driver", Token<NetworkDriver>.Of(present.Driver), Token<NetworkDriver>.Of(wanted.Driver));
        Compare("interface", present.Interface, wanted.Interface ?? present.Interface);
        if (differences.Count > 0)
        {
            Error(
                "network-differs",
                $"The network of a fleet that has deckies cannot change: {string.Join("; ", differences)}.",
                "keep the network, or tear the fleet down first");
        }

        void Compare(string what, string? actual, string? expected)
        {
            if (actual != expected)
            {
                differences.Add($"its {what} is {actual ?? "none"}, not {expected ?? "none"}");
            }
        }
    }

    Fleet Join(DateTimeOffset now)
    {
        var before = present?.Deckies.ToDictionary(Key) ?? [];
        var names = new HashSet<DeckyName>();
        var homes = before.Values.ToLookup(decky => decky.Name, decky => decky.EffectiveHost(self));
        var deckies = new List<Decky>(wanted.Deckies.Count + before.Count);
        foreach (var decky in wanted.Deckies)
        {
            if (!names.Add(decky.Name))
            {
                Error("duplicate-name", $"'{decky.Name}' is in the fleet twice.", "rename or remove one", decky.Name.Value);
            }
            else if (before.Remove(Key(decky), out var earlier) && Same(earlier, decky))
            {
                deckies.Add(earlier);
            }
            else
            {
                RefuseChange(decky, earlier);
                RefuseMove(decky, homes[decky.Name]);
                deckies.Add(decky with { LastMutated = decky.LastMutated ?? (decky.MutateInterval is null ? null : now) });
            }
        }

        if (options.Replace || present is null)
        {
            Decky[] left = [.. before.Values.Where(decky => options.Leave.Contains(decky.Name))];
            return wanted with
            {
                Mode = ModeOf(wanted.Mode, deckies),
                Deckies = [.. deckies, .. left],
                Interface = wanted.Interface ?? present?.Interface,
                Catalog = left.Length > 0 ? JoinCatalogs() : wanted.Catalog,
            };
        }

        // Those that stay keep their place, so that a fleet file reads as it grew.
        var joined = deckies.ToDictionary(Key);
        var kept = present.Deckies.Select(decky => joined.Remove(Key(decky), out var same) ? same : decky).ToArray();
        var added = deckies.Where(decky => joined.ContainsKey(Key(decky)));
        return present with
        {
            Deckies = [.. kept, .. added],
            MutateInterval = wanted.MutateInterval ?? present.MutateInterval,
            Mode = ModeOf(wanted.Mode == FleetMode.Unihost ? present.Mode : wanted.Mode, deckies),
            Interface = present.Interface ?? wanted.Interface,
            Catalog = JoinCatalogs(),
        };
    }

    CatalogOverlay? JoinCatalogs() => wanted.Catalog is { } overlay ? CatalogMerge.Join(present?.Catalog, overlay) : present?.Catalog;

    void RefuseChange(Decky decky, Decky? earlier)
    {
        if (earlier is not null && !options.Replace && !options.Change)
        {
            Error(
                "decky-differs",
                $"There is a decky '{decky.Name}' already, with {DeckyDifference.Describe(earlier, decky)}.",
                "give it another name, or replace the whole fleet",
                decky.Name.Value);
        }
    }

    /// <summary>A decky of this host that would start anew on another one, or the other way round, is never meant by the way.</summary>
    void RefuseMove(Decky decky, IEnumerable<HostId> homes)
    {
        if (!options.Replace && homes.Cast<HostId?>().FirstOrDefault(home => home != decky.EffectiveHost(self)) is { } home)
        {
            Error(
                "decky-elsewhere",
                $"'{decky.Name}' runs on the host '{home}', and would be made on '{decky.EffectiveHost(self)}' as well.",
                $"tear it down first, give the new one another name, or leave it on '{home}'",
                decky.Name.Value);
        }
    }

    /// <summary>A fleet with a decky of another host runs on many hosts, whatever it says.</summary>
    FleetMode ModeOf(FleetMode asked, List<Decky> deckies) =>
        deckies.Any(decky => decky.EffectiveHost(self) != self) ? FleetMode.Swarm : asked;

    /// <summary>What all deckies of a fleet must satisfy together.</summary>
    void CheckPlaces(Fleet fleet, DeckyBlueprints blueprints)
    {
        var space = (Network: fleet.Subnet, First: IPv4.First(fleet.Subnet), Last: IPv4.Last(fleet.Subnet));
        var taken = new Dictionary<(HostId, IPAddress), Decky>();
        var asked = wanted.Deckies.Select(Key).ToHashSet();
        foreach (var decky in fleet.Deckies)
        {
            if (!taken.TryAdd((decky.EffectiveHost(self), decky.IPAddress), decky))
            {
                var other = taken[(decky.EffectiveHost(self), decky.IPAddress)];
                Error("duplicate-address", $"{decky.IPAddress} is the address of both '{other.Name}' and '{decky.Name}'.", "give one of them another address", decky.Name.Value);
            }

            if (asked.Contains(Key(decky)))
            {
                CheckDecky(decky, fleet, space.First, space.Last);
            }
        }

        CheckContainers(fleet, asked, blueprints);
    }

    void CheckDecky(Decky decky, Fleet fleet, uint first, uint last)
    {
        var fits = AddressSpaceCheck.IsIPv4(decky.IPAddress) && IPv4.ToNumber(decky.IPAddress) > first && IPv4.ToNumber(decky.IPAddress) < last;
        if (!fits)
        {
            Error("address-outside", $"{decky.IPAddress} is not an address of a host in {fleet.Subnet}.", "give it one of this network", decky.Name.Value);
        }
        else if (decky.IPAddress.Equals(fleet.Gateway))
        {
            Error("address-of-gateway", $"{decky.IPAddress} is the address of the gateway.", "give it another one", decky.Name.Value);
        }
    }

    void CheckContainers(Fleet fleet, HashSet<(HostId, DeckyName)> asked, DeckyBlueprints blueprints)
    {
        FleetCatalog catalog;
        try
        {
            catalog = FleetCatalog.For(fleet);
        }
        catch (FleetValidationException error)
        {
            issues.AddRange(error.Errors);
            return;
        }

        var compose = blueprints.Of(fleet);
        foreach (var decky in fleet.Deckies.Where(decky => asked.Contains(Key(decky))))
        {
            issues.AddRange(ServiceCheck.Of(catalog, decky.Name, decky.Services, decky.ServiceConfig));
            try
            {
                compose(decky);
            }
            catch (DecnetException error) when (!issues.Any(issue => issue.Target == decky.Name.Value))
            {
                Error("cannot-compose", error.Message, target: decky.Name.Value);
            }
            catch (DecnetException)
            {
                // Why is said already.
            }
        }
    }

    (HostId, DeckyName) Key(Decky decky) => (decky.EffectiveHost(self), decky.Name);

    void Error(string code, string message, string? fix = null, string? target = null) => issues.Add(FleetIssue.Error(code, message, fix, target));
}
