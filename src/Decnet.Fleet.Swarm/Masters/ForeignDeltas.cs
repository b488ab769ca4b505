namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;

/// <summary>Tells in the log of hosts that speak of operations which are not theirs.</summary>
internal sealed class ForeignDeltas(IStateStore store, ILogger logger)
{
    /// <summary>Looks what deltas that fit no open operation of a host are about.</summary>
    internal async Task TellAsync(FleetHost host, IReadOnlyList<OperationDelta> unmatched, CancellationToken cancellationToken)
    {
        if (unmatched.Count == 0)
        {
            return;
        }

        var byId = unmatched.ToLookup(delta => delta.OperationId);
        var query = new OperationQuery { Ids = [.. byId.Select(group => group.Key)] };
        foreach (var known in await store.ListOperationsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (var delta in byId[known.Id].Where(delta => known.HostId != host.HostId || known.DeckyName != delta.Name || known.Kind != delta.Kind))
            {
                MastersLog.ForeignDelta(logger, host.Name, delta.Kind, delta.Name, delta.OperationId, $"{known.DeckyName} on {known.HostId}");
            }
        }
    }
}
