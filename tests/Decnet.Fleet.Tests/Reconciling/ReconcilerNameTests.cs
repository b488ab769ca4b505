namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>Whose deckies a pass looks after, and names that nobody should have given.</summary>
public sealed class ReconcilerNameTests : IDisposable
{
    readonly Lab lab = new();

    [Fact]
    [Trait("Weakness", "L-1.5")]
    public async Task A_pass_works_for_the_host_that_it_is_told()
    {
        var host = HostId.Parse("host-b");
        using var reconciler = new Reconciler(lab.File, lab.Store, lab.Runtime, new ReconcilerOptions { HostId = host }, lab.Clock);
        await lab.File.SaveAsync(Sample.Fleet(
            Sample.Decky("here", "198.18.0.10") with { HostId = host },
            Sample.Decky("mine", "198.18.0.11"),
            Sample.Decky("there", "198.18.0.12") with { HostId = HostId.Local }));

        await reconciler.ReconcileAsync();

        var rows = await lab.Store.ListDeckiesAsync();
        Assert.Equal(["here", "mine"], rows.Select(row => row.Name.Value));
        Assert.All(rows, row => Assert.Equal(host, row.HostId));
        Assert.True((await reconciler.PlanAsync()).IsConverged);
    }

    [Theory]
    [InlineData("web.corp")]
    [InlineData("*")]
    [InlineData("a > b")]
    [Trait("Weakness", "L-1.8")]
    public async Task A_container_with_a_poisonous_label_starves_nobody(string label)
    {
        lab.Runtime.AddForeign(new ObservedContainer
        {
            Id = "poison", Name = "poison", DeckyName = label, Role = ContainerRole.Base, State = ContainerState.Running,
        });

        var result = await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));

        Assert.Equal(1, result.Repaired);
        Assert.Equal(label, Assert.Single(result.Strays).DeckyName);
        Assert.Empty((await lab.Reconciler.ReconcileAsync(Lab.Recreate with { RemoveStrays = true })).Holds);
        Assert.DoesNotContain(lab.Runtime.Containers, container => container.Observed.Id == "poison");
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_poisonous_name_in_the_fleet_file_holds_the_pass_and_says_where()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        await File.WriteAllTextAsync(
            lab.File.Path, (await File.ReadAllTextAsync(lab.File.Path)).Replace("\"decky-02\"", "\"decky.02\"", StringComparison.Ordinal));

        var result = await lab.PassAsync();

        Assert.Equal(HoldKind.DesiredCorrupt, Assert.Single(result.Holds).Kind);
        Assert.Contains("$.config.deckies[1]", result.HoldReason, StringComparison.Ordinal);
        Assert.Equal(2, (await lab.Store.ListDeckiesAsync()).Count);
    }

    [Fact]
    public async Task A_name_that_a_host_has_twice_is_left_alone_and_named()
    {
        var web = Sample.Decky("web", "198.18.0.10");
        await lab.DeployAsync(web, Sample.Decky("db", "198.18.0.11"));
        var twice = new[] { web, Sample.Decky("web", "198.18.0.12") with { HostId = HostId.Local }, Sample.Decky("db", "198.18.0.11") };

        foreach (var deckies in new[] { twice, [.. twice, Sample.Decky("mail", "198.18.0.13")] })
        {
            var result = await lab.DeployAsync(deckies);

            var hold = Assert.Single(result.Holds);
            Assert.Equal((HoldKind.InvalidDecky, "web"), (hold.Kind, hold.Deckies.Single()));
            Assert.DoesNotContain(result.Steps, step => step.Step.DeckyName == "web");
        }

        Assert.Equal(["db", "mail", "web"], (await lab.Store.ListDeckiesAsync()).Select(row => row.Name.Value));
    }

    public void Dispose() => lab.Dispose();
}
