namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What must hold when everybody has been able to say everything.</summary>
internal static class SwarmTruth
{
    internal static async Task RequireAsync(SwarmWorld world)
    {
        var operations = await world.Master.Store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue });
        var open = operations.FirstOrDefault(operation => operation.IsOpen && operation.HostId != HostId.Local);
        InvariantException.Require(open is null, "S1", $"{open} has not ended");
        var fleet = await world.Master.FleetAsync();
        foreach (var agent in world.Agents)
        {
            await RequireOperationsAsync(agent, [.. operations.Where(operation => operation.HostId == agent.HostId)], operations);
            await RequireRowsAsync(world, agent, fleet);
            var left = (await agent.Reporter.PrepareAsync()).Report.Deltas;
            InvariantException.Require(left.Count == 0, "S4", $"{agent.HostId} has still to tell of {left.Count} things");
        }
    }

    /// <summary>What the master says succeeded has succeeded there, and what it took from the host is what the host said.</summary>
    static async Task RequireOperationsAsync(SimulatedAgent agent, IReadOnlyList<Operation> here, IReadOnlyList<Operation> all)
    {
        var there = (await agent.Store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue })).ToDictionary(operation => operation.Id);
        var open = there.Values.FirstOrDefault(operation => operation.IsOpen);
        InvariantException.Require(open is null, "S1", $"{open} has not ended");
        foreach (var operation in here)
        {
            var same = there.GetValueOrDefault(operation.Id);
            InvariantException.Require(
                operation.Status != OperationStatus.Succeeded || same?.Status == OperationStatus.Succeeded, "S2", $"{operation} succeeded, but {agent.HostId} has {same}");
            InvariantException.Require(
                same is null || same.Status == operation.Status || IsOfMaster(operation), "S4", $"{same} was lost: the master has {operation}");
        }

        var stray = all.FirstOrDefault(operation => operation.HostId != agent.HostId && there.ContainsKey(operation.Id));
        InvariantException.Require(stray is null, "S3", $"{agent.HostId} has {stray}, which is of another host");
    }

    /// <summary>Whether the master ended it by itself, since it could not hand it over or heard nothing.</summary>
    static bool IsOfMaster(Operation operation) => operation is { Status: OperationStatus.Failed, Error: { } error }
        && (error.StartsWith("The host ", StringComparison.Ordinal) || error.StartsWith("It was not finished by its deadline", StringComparison.Ordinal)
            || error.StartsWith("An operation is under way", StringComparison.Ordinal) || error.StartsWith("The decky was changed by somebody else", StringComparison.Ordinal)
            || error.StartsWith("The fleet file was not written", StringComparison.Ordinal));

    static async Task RequireRowsAsync(SwarmWorld world, SimulatedAgent agent, Fleet? fleet)
    {
        var rows = (await world.Master.Store.ListDeckiesAsync(agent.HostId)).ToDictionary(row => row.Name);
        var wanted = fleet?.Deckies.Where(decky => decky.HostId == agent.HostId).ToDictionary(decky => decky.Name) ?? [];
        var file = (await agent.File.LoadAsync() as DesiredState.Known)?.Fleet;
        var expected = new SortedDictionary<DeckyName, string>();
        foreach (var row in await agent.Store.ListDeckiesAsync(agent.HostId))
        {
            var digest = DeckyDigest.Of(file?.Find(row.Name) ?? FleetJson.ReadDecky(row.ConfigJson));
            var isOther = wanted.TryGetValue(row.Name, out var decky) && DeckyDigest.Of(decky) != digest;
            expected[row.Name] = Line(isOther && row.State == DeckyState.Running ? DeckyState.Degraded : row.State, row.IPAddress.ToString(), row.Services);
        }

        foreach (var decky in wanted.Values.Where(decky => !expected.ContainsKey(decky.Name)))
        {
            expected[decky.Name] = Line(DeckyState.TornDown, (rows.GetValueOrDefault(decky.Name)?.IPAddress ?? decky.IPAddress).ToString(), rows.GetValueOrDefault(decky.Name)?.Services ?? decky.Services);
        }

        // Without a fleet file nobody knows what is wanted, and no row is taken away.
        var actual = rows.Values.Where(row => fleet is not null || expected.ContainsKey(row.Name)).OrderBy(row => row.Name).Select(row => $"{row.Name} {Line(row.State, row.IPAddress.ToString(), row.Services)}");
        var truth = expected.Select(entry => $"{entry.Key} {entry.Value}");
        InvariantException.Require(actual.SequenceEqual(truth), "S2", $"the master's rows of {agent.HostId} are [{string.Join("; ", actual)}], the truth is [{string.Join("; ", truth)}]");
        var untold = rows.Values.FirstOrDefault(row => row.Reason?.Contains("silent since", StringComparison.Ordinal) == true);
        InvariantException.Require(untold is null, "S2", $"{untold?.Name} of {agent.HostId} still says that its host is silent");
        InvariantException.Require((await world.Master.Store.FindHostAsync(agent.HostId))!.Status == FleetHostStatus.Active, "S2", $"{agent.HostId} is not active");
    }

    static string Line(DeckyState state, string address, ValueList<string> services) => $"{Token<DeckyState>.Of(state)} {address} {services}";
}
