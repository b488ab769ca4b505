namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>What the log says of things that passes do not do: once when that begins or changes, and once when it is over.</summary>
public sealed class ReconcilerHoldLogTests : IDisposable
{
    readonly Lab lab = new();

    [Fact]
    public async Task A_host_without_a_fleet_yet_is_told_of_once_and_is_nothing_to_worry_about()
    {
        await PassesAsync(3);

        Assert.StartsWith("Information: Held: desired_missing: ", Assert.Single(lab.Log.Take()), StringComparison.Ordinal);

        await lab.File.SaveAsync(Sample.Fleet([]));
        await PassesAsync(2);

        Assert.Equal(["Information: No longer held: desired_missing"], lab.Log.Take());
    }

    [Fact]
    public async Task A_fleet_file_that_is_lost_is_warned_of_once()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Log.Take();
        File.Delete(lab.File.Path);

        await PassesAsync(3);

        Assert.StartsWith("Warning: Held: desired_missing: ", Assert.Single(lab.Log.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_operation_is_told_of_once_for_those_who_look_closely()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Log.Take();
        var operation = Sample.Operation("decky-01", Sample.Now.AddDays(1));
        await lab.Store.CommitAsync([new StateChange.AddOperation(operation)], Sample.Now);

        await PassesAsync(3);

        Assert.StartsWith("Debug: Held: open_operation: an operation on decky-01 is under way", Assert.Single(lab.Log.Take()), StringComparison.Ordinal);

        await lab.Store.CommitAsync([new StateChange.AdvanceOperation(operation.Id, OperationStatus.Failed, "it was given up")], Sample.Now);
        await PassesAsync(2);

        Assert.Equal(["Debug: No longer held: open_operation of decky-01"], lab.Log.Take());
    }

    [Fact]
    public async Task Another_reason_is_told_anew_and_ends_nothing()
    {
        await lab.DeployAsync(Sample.Deckies(3));
        lab.Log.Take();
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(2)));
        await CautiousPassesAsync(2);
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(1)));

        await CautiousPassesAsync(2);

        Assert.Collection(
            lab.Log.Take(),
            line => Assert.StartsWith("Warning: Held: deletion_budget: 1 of 3 rows would be deleted", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Warning: Held: deletion_budget: 2 of 3 rows would be deleted", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_held_again_after_it_was_over_is_told_again()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        lab.Log.Take();

        lab.Runtime.Unreachable("the engine is down");
        await PassesAsync(2);
        lab.Runtime.Reachable();
        await PassesAsync(2);
        lab.Runtime.Unreachable("the engine is down");
        await PassesAsync(2);

        Assert.Equal(
            [
                "Warning: Held: runtime_unreachable: the engine is down",
                "Information: No longer held: runtime_unreachable",
                "Warning: Held: runtime_unreachable: the engine is down",
            ],
            lab.Log.Take());
    }

    public void Dispose() => lab.Dispose();

    async Task PassesAsync(int count, DeletionBudget budget = default)
    {
        for (var i = 0; i < count; i++)
        {
            await lab.Reconciler.ReconcileAsync(new ReconcileOptions { MaxDeletions = budget });
        }
    }

    Task CautiousPassesAsync(int count) => PassesAsync(count, DeletionBudget.OfCount(0));
}
