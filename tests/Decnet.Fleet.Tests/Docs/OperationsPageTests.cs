namespace Decnet.Fleet.Tests.Docs;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class OperationsPageTests
{
    [Fact]
    public void The_page_shows_the_program_that_is_tested() =>
        Assert.Equal(SourceTree.Marked("tests/Decnet.Fleet.Tests/Docs/OperationsProgram.cs"), Assert.Single(Page.Blocks("docs/operations.md", "csharp")).Trim());

    [Fact]
    public async Task The_program_plans_deploys_changes_and_removes()
    {
        using var temporary = new TemporaryFolder();
        var folder = new StateFolder(temporary.Path);
        await using var store = new InMemoryStateStore();

        var (plan, results, status) = await OperationsProgram.RunAsync(
            folder, new FleetFile(folder.FleetFile), store, new InMemoryContainerRuntime(HostId.Local), Sample.Fleet(Sample.Deckies(3)));

        Assert.All(plan.Deckies, decky => Assert.Equal(DeployAction.Add, decky.Action));
        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal([3, 1, 1], results.Select(result => result.Operations.Count));
        Assert.Equal(["decky-01", "decky-03"], status.Deckies.Select(decky => decky.Name.Value));
    }
}
