namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Killing;
using Decnet.Fleet.State;
using Decnet.Victim.Deploying;
using Xunit;

/// <summary>Judges what commands made of a lab.</summary>
static class LabVerdict
{
    /// <summary>
    /// The fleet has these deckies, all of them run and answer, there is nothing besides and nothing left to do, and each operation
    /// has come to its end.
    /// </summary>
    internal static async Task AllRunAsync(DecnetdLab lab, IEnumerable<string> names)
    {
        await using var folder = await DeployFolder.OpenAsync(lab.State.Path, lab.Engine.Endpoint);
        var fleet = Assert.IsType<DesiredState.Known>(await folder.File.LoadAsync()).Fleet;
        Assert.Equal(names.Order(StringComparer.Ordinal), fleet.Deckies.Select(decky => decky.Name.Value).Order(StringComparer.Ordinal));
        var verdict = await DeployVerdict.JudgeAsync(folder, lab.Engine, fleet);
        Assert.True(verdict is { Passes: 0, HalfDone: false }, $"half-done containers: {verdict.HalfDone}, {string.Join('\n', verdict.History)}");
        await OperationsEndedAsync(folder);
    }

    /// <summary>Nothing is left but the empty fleet and its history.</summary>
    internal static async Task NothingIsLeftAsync(DecnetdLab lab)
    {
        await using var folder = await DeployFolder.OpenAsync(lab.State.Path, lab.Engine.Endpoint);
        Assert.Empty(Assert.IsType<DesiredState.Known>(await folder.File.LoadAsync()).Fleet.Deckies);
        Assert.Empty(await lab.Engine.ContainersAsync());
        Assert.Empty(await folder.Store.ListDeckiesAsync());
        Assert.Empty(await lab.Engine.NetworksAsync());
        Assert.Empty(await folder.Store.CheckIntegrityAsync());
        await OperationsEndedAsync(folder);
    }

    /// <summary>Each operation has the events <c>pending</c>, perhaps <c>running</c>, and one end, in this order; and the end is what the store says.</summary>
    static async Task OperationsEndedAsync(DeployFolder folder)
    {
        var operations = await folder.Store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue });
        var history = await EventHistory.ReadAsync(folder.Store);
        Assert.NotEmpty(operations);
        Assert.Equal(operations.Select(operation => operation.Id).Order(), history.Operations.Order());
        foreach (var operation in operations)
        {
            var told = string.Join(' ', history.StatusesOf(operation.Id));
            Assert.True(
                told is "pending running succeeded" or "pending running failed" or "pending failed" && told.EndsWith(operation.Status.ToString(), StringComparison.OrdinalIgnoreCase),
                $"the {operation.Kind} of {operation.DeckyName} is {operation.Status} ({operation.Error}), and its events are: {told}");
        }
    }
}
