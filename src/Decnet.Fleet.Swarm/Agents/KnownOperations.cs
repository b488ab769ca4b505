namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Tells whether a command was accepted before: by the ids of its operations, which the store keeps.</summary>
/// <param name="store">The operations.</param>
/// <param name="hostId">The host.</param>
internal sealed class KnownOperations(IStateStore store, HostId hostId)
{
    /// <summary>Looks a command up.</summary>
    /// <returns>True when all its operations are known; false when none is.</returns>
    /// <exception cref="FleetValidationException">Some are known and some are not, or one is of another decky or kind; the error has every reason.</exception>
    internal async Task<bool> KnowsAsync(OperationKind kind, IReadOnlyList<CommandOrder> orders, CancellationToken cancellationToken)
    {
        var query = new OperationQuery { Ids = [.. orders.Select(order => order.OperationId)], Limit = int.MaxValue };
        var known = (await store.ListOperationsAsync(query, cancellationToken).ConfigureAwait(false)).ToDictionary(operation => operation.Id);
        if (known.Count == 0)
        {
            return false;
        }

        FleetIssue[] issues = [.. orders.Select(order => Issue(kind, order, known.GetValueOrDefault(order.OperationId))).OfType<FleetIssue>()];
        return issues.Length == 0 ? true : throw new FleetValidationException("The command", issues);
    }

    /// <summary>The open operations of some deckies.</summary>
    internal async Task<IReadOnlyList<Operation>> OpenAsync(IReadOnlyList<CommandOrder> orders, CancellationToken cancellationToken)
    {
        var recorded = await store.ReadAsync(hostId, cancellationToken).ConfigureAwait(false);
        if (recorded.OpenOperations.Count == 0)
        {
            return [];
        }

        var names = orders.Select(order => order.Name).ToHashSet();
        return [.. recorded.OpenOperations.Where(operation => names.Contains(operation.DeckyName))];
    }

    FleetIssue? Issue(OperationKind kind, CommandOrder order, Operation? known) =>
        known is null
            ? FleetIssue.Error("operations-partly-known", $"The operation {order.OperationId} of '{order.Name}' is new, while others of the command are known.", "send new operations in a command of their own", order.Name.ToString())
        : known.DeckyName != order.Name || known.Kind != kind || known.HostId != hostId
            ? FleetIssue.Error(
                "operation-differs",
                $"The operation {order.OperationId} is known as {Token<OperationKind>.Of(known.Kind)} of '{known.DeckyName}', not as {Token<OperationKind>.Of(kind)} of '{order.Name}'.",
                "give the new operation another id",
                order.Name.ToString())
        : null;
}
