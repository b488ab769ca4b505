namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Counts what one process does from here on, and bounds it.</summary>
internal sealed class PassMeter
{
    const int CallsPerContainer = 14;
    const int CallsPerPass = 12;

    readonly IoGate gate;
    readonly int commits;
    readonly int mutations;
    readonly int observations;
    readonly int storeCalls;
    readonly int runtimeCalls;
    readonly int writes;
    readonly int containers;

    internal PassMeter(World world, SimulatedProcess process)
    {
        gate = process.Gate;
        commits = gate.Commits;
        mutations = gate.Mutations;
        observations = gate.Observations;
        storeCalls = gate.StoreCalls;
        runtimeCalls = gate.RuntimeCalls;
        writes = gate.WritesToFiles;
        var fleet = Steps.FleetSteps.Known(world.File.Current);
        containers = world.Engine.Containers.Count + (fleet?.Deckies.Sum(decky => 1 + decky.Services.Count) ?? 0);
    }

    /// <summary>The work of a pass is bounded by what there is (I11).</summary>
    internal void RequireBounded()
    {
        var calls = gate.RuntimeCalls - runtimeCalls + gate.StoreCalls - storeCalls;
        InvariantException.Require(
            calls <= (CallsPerContainer * containers) + CallsPerPass, "I11", $"{calls} calls for {containers} containers, there or wanted");
    }

    /// <summary>Nothing was changed, but for so many commits that only tell of something.</summary>
    internal void RequireOnlyTold(string invariant, int told)
    {
        InvariantException.Require(gate.Commits - commits == told, invariant, $"{gate.Commits - commits} commits instead of {told}");
        InvariantException.Require(gate.Mutations == mutations, invariant, $"{gate.Mutations - mutations} changes of containers");
        InvariantException.Require(gate.WritesToFiles == writes, invariant, $"{gate.WritesToFiles - writes} changes of files");
    }

    /// <summary>Nothing was changed, and the engine was asked once, or rarely.</summary>
    /// <param name="invariant">The invariant that says so.</param>
    /// <param name="looks">How often it may have been asked at most: who waited for the lock looks again.</param>
    internal void RequireQuiet(string invariant, int looks = 1)
    {
        InvariantException.Require(gate.Commits == commits, invariant, $"{gate.Commits - commits} commits");
        InvariantException.Require(gate.Mutations == mutations, invariant, $"{gate.Mutations - mutations} changes of containers");
        InvariantException.Require(gate.WritesToFiles == writes, invariant, $"{gate.WritesToFiles - writes} changes of files");
        InvariantException.Require(gate.Observations - observations is >= 1 and var asked && asked <= looks, invariant, $"{gate.Observations - observations} observations");
    }
}
