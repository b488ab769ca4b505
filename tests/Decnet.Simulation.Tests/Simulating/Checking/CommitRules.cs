namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>
/// What one process may commit, given what it knows: rows of its host only (I3), no deletion without a known fleet (I4),
/// and no judgement without a known runtime (I5).
/// </summary>
internal sealed class CommitRules(IStateStore store, RuntimeRules knowledge)
{
    /// <summary>The fleet as the disk has it, when no other process can have changed it since the pass began.</summary>
    internal Func<DesiredState>? Truth { get; set; }

    /// <summary>What follows is a work of its own.</summary>
    internal void LooksAnew() => knowledge.HasBegun = false;

    internal async Task CheckAsync(IReadOnlyList<StateChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case StateChange.DeleteDecky delete:
                    CheckDelete(delete);
                    break;
                case StateChange.InsertDecky { Row: var row }:
                    CheckHost(row.HostId);
                    InvariantException.Require(IsObserved || row.State == DeckyState.Pending, "I5", $"{row.Name} inserted as {row.State} unseen");
                    break;
                case StateChange.UpdateDecky { Row: var row }:
                    CheckHost(row.HostId);
                    await CheckUpdateAsync(row);
                    break;
            }
        }
    }

    bool IsObserved => knowledge.IsOrdered || knowledge.Observed is ObservedState.Known;

    static void CheckHost(HostId host) => InvariantException.Require(host == HostId.Local, "I3", $"a row of host {host} is written");

    void CheckDelete(StateChange.DeleteDecky delete)
    {
        CheckHost(delete.HostId);
        InvariantException.Require(knowledge.IsOrdered || knowledge.Desired is DesiredState.Known, "I4", $"{delete.Name} deleted while the fleet is not known");
        if (!knowledge.IsOrdered && Truth?.Invoke() is { } truth)
        {
            InvariantException.Require(
                truth is DesiredState.Known { Fleet: var fleet }
                && !fleet.Deckies.Any(decky => decky.Name == delete.Name && decky.EffectiveHost(HostId.Local) == HostId.Local),
                "I4",
                $"{delete.Name} deleted, and the file does not say so: {truth}");
        }
    }

    async Task CheckUpdateAsync(DeckyRow row)
    {
        if (!IsObserved)
        {
            var before = (await store.ReadAsync(HostId.Local)).Rows.FirstOrDefault(stored => stored.Name == row.Name);
            InvariantException.Require(
                before is null || before.Revision != row.Revision || (before.State == row.State && before.Reason == row.Reason),
                "I5",
                $"{row.Name} judged {row.State} while the runtime is unknown");
        }
    }
}
