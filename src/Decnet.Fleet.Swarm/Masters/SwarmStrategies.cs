namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>Makes the ways to work on deckies of other hosts (<see cref="FleetServiceOptions.Strategies"/>).</summary>
public static class SwarmStrategies
{
    /// <summary>Makes them.</summary>
    /// <param name="store">The hosts and rows.</param>
    /// <param name="client">Speaks to the agents.</param>
    /// <param name="options">How work is handed over; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">Varies the waits; null for one that the operating system seeds.</param>
    /// <param name="logger">Where they log; null for nowhere.</param>
    /// <returns>The strategies.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static PlacementStrategies Create(
        IStateStore store, IAgentClient client, SwarmOptions? options = null, TimeProvider? clock = null, Random? random = null, ILogger? logger = null)
    {
        options ??= new SwarmOptions();
        options.Validate();
        var dispatch = new SwarmDispatch(store, client, options, clock ?? TimeProvider.System, random ?? RandomSource.New(), logger ?? NullLogger.Instance);
        return new PlacementStrategies
        {
            Deploy = [new SwarmDeployStrategy(dispatch)],
            Mutate = [new SwarmMutateStrategy(dispatch)],
            Teardown = [new SwarmTeardownStrategy(dispatch)],
        };
    }
}
