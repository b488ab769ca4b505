namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Others that work on the same fleet while a pass reads.</summary>
public sealed class ReconcilerRaceTests
{
    [Theory]
    [InlineData("before the rows are read")]
    [InlineData("before the containers are observed")]
    [InlineData("after the containers are observed")]
    [Trait("Weakness", "L-1.8")]
    public async Task A_deploy_in_the_middle_of_a_pass_is_neither_deleted_nor_taken_back(string moment)
    {
        using var lab = new Lab();
        var web = Sample.Decky("web", "198.18.0.10");
        await lab.DeployAsync(web);
        using var rival = new Reconciler(lab.File, lab.Store, lab.Runtime, null, lab.Clock);
        async Task DeployAsync()
        {
            await lab.File.SaveAsync(Sample.Fleet(web with { Services = ["ssh", "ftp"] }, Sample.Decky("db", "198.18.0.11")));
            await rival.ReconcileAsync(Lab.Recreate);
        }

        var store = moment.EndsWith("read", StringComparison.Ordinal) ? new RacingStore(lab.Store, DeployAsync, beforeRead: true) : (IStateStore)lab.Store;
        var runtime = new TamperedRuntime(lab.Runtime)
        {
            BeforeObserving = moment.StartsWith("before the containers", StringComparison.Ordinal) ? DeployAsync : null,
            AfterObserving = moment.StartsWith("after", StringComparison.Ordinal) ? DeployAsync : null,
        };
        using var reconciler = new Reconciler(lab.File, store, runtime, null, lab.Clock);

        await reconciler.ReconcileAsync();

        Assert.Equal(["db", "web"], (await lab.Store.ListDeckiesAsync()).Select(row => row.Name.Value));
        Assert.Equal(["ssh", "ftp"], (await lab.RowAsync("web")).Services);
        var transitions = await lab.TransitionsAsync();
        Assert.DoesNotContain(transitions, transition => transition.Contains("deleted", StringComparison.Ordinal));
        Assert.Single(transitions, transition => transition.StartsWith("web config_changed", StringComparison.Ordinal));
        Assert.True((await lab.PassAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_deploy_whose_containers_are_not_there_yet_is_left_alone()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        lab.Runtime.RemoveBehindOurBack("web");
        await lab.Store.CommitAsync(
            [
                new StateChange.UpdateDecky(await lab.RowAsync("web") with { State = DeckyState.Pending }),
                new StateChange.AddOperation(Sample.Operation("web")),
            ],
            Sample.Now);
        var last = await lab.Store.GetLastSequenceAsync();
        var mutating = lab.Runtime.Requests.Mutating;

        await lab.PassAsync();

        Assert.Equal(DeckyState.Pending, (await lab.RowAsync("web")).State);
        Assert.Equal(last, await lab.Store.GetLastSequenceAsync());
        Assert.Equal(mutating, lab.Runtime.Requests.Mutating);
    }

    [Fact]
    public async Task Plans_can_be_made_while_repairs_are_remembered()
    {
        var backoff = new RepairBackoff(new RepairBackoffOptions(), new Random(1));
        var ended = false;
        var planning = Task.Run(() =>
        {
            var seen = 0;
            while (!Volatile.Read(ref ended))
            {
                seen = backoff.Histories.Values.Count(history => history.Attempts > 0);
            }

            return seen;
        });
        var names = Enumerable.Range(0, 5_000).Select(i => DeckyName.Parse($"d-{i}")).ToArray();
        for (var round = 0; round < 5; round++)
        {
            foreach (var name in names)
            {
                backoff.Repaired(name, "hash", null, Sample.Now);
            }

            foreach (var name in names)
            {
                backoff.Forget(name);
            }
        }

        Volatile.Write(ref ended, true);
        await planning;
    }
}
