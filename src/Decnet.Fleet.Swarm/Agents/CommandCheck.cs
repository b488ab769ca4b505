namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Says everything that is wrong with a command, as far as the command alone shows it.</summary>
internal static class CommandCheck
{
    /// <summary>The issue of a message of another protocol version; null for none.</summary>
    internal static FleetIssue? Version(string version) => version == SwarmProtocol.Version
        ? null
        : FleetIssue.Error("unknown-version", $"The message is of version '{version}' of the protocol, and this agent speaks version {SwarmProtocol.Version}.", "update the older of the two", "version");

    internal static IEnumerable<FleetIssue> Of(string version, IReadOnlyList<CommandOrder> orders)
    {
        if (Version(version) is { } wrong)
        {
            yield return wrong;
        }

        if (orders.Count == 0)
        {
            yield return FleetIssue.Error("no-orders", "The command is for no decky.", "name at least one", "orders");
        }
        else if (orders.Count > SwarmProtocol.MaxDeckies)
        {
            yield return FleetIssue.Error("too-many-orders", $"The command is for {orders.Count} deckies, and one may be for {SwarmProtocol.MaxDeckies}.", "send several", "orders");
        }

        foreach (var group in orders.GroupBy(order => order.OperationId).Where(group => group.Key == Guid.Empty || group.Count() > 1))
        {
            yield return group.Key == Guid.Empty
                ? FleetIssue.Error("no-operation-id", $"The operation of {Names(group)} has no id.", "give each operation a random one", group.First().Name.ToString())
                : FleetIssue.Error("duplicate-operation-id", $"The operation {group.Key} is for {Names(group)}.", "give each decky an operation of its own", group.Key.ToString());
        }

        foreach (var group in orders.GroupBy(order => order.Name).Where(group => group.Count() > 1))
        {
            yield return FleetIssue.Error("duplicate-name", $"'{group.Key}' is in the command {group.Count()} times.", "name each decky once", group.Key.ToString());
        }
    }

    /// <summary>What is wrong with the catalog that a command brings, and with the services of its deckies.</summary>
    internal static IEnumerable<FleetIssue> Services(DeployCommand command, CatalogOverlay? present)
    {
        var overlay = command.Catalog is { } added ? CatalogMerge.Join(present, added) : present;
        FleetCatalog catalog;
        try
        {
            catalog = FleetCatalog.BuiltIn.With(overlay);
        }
        catch (FleetValidationException error)
        {
            return error.Errors;
        }

        return command.Orders.SelectMany(order => ServiceCheck.Of(catalog, order.Decky.Name, order.Decky.Services, order.Decky.ServiceConfig));
    }

    /// <summary>What is wrong with the services that deckies of a fleet shall get; a host without a fleet has no deckies.</summary>
    internal static IEnumerable<FleetIssue> Services(MutateCommand command, Fleet? present)
    {
        var catalog = present is null ? FleetCatalog.BuiltIn : FleetCatalog.For(present);
        var known = present?.Deckies.DistinctBy(decky => decky.Name).ToDictionary(decky => decky.Name) ?? [];
        return command.Orders.SelectMany(order => known.TryGetValue(order.Name, out var decky)
            ? ServiceCheck.OfChange(catalog, decky, order.Services)
            : [UnknownDecky.Issue(order.Name, known.Keys)]);
    }

    static string Names(IEnumerable<CommandOrder> orders) => string.Join(", ", orders.Select(order => $"'{order.Name}'"));
}
