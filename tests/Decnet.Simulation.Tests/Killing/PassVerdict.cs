namespace Decnet.Simulation.Tests.Killing;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Victim.Passing;
using Microsoft.Data.Sqlite;
using Xunit;

/// <summary>Judges what killed processes left behind, and brings it into the desired state.</summary>
sealed class PassVerdict(PassFolder folder)
{
    const int MaxPasses = 5;

    /// <summary>Whether a replacement of containers was found that nobody had finished.</summary>
    public bool HalfDone { get; private set; }

    /// <summary>How many passes had to change something until everything was as desired.</summary>
    public int Passes { get; private set; }

    /// <summary>The number of the last event before those passes.</summary>
    public long Found { get; private set; }

    /// <summary>The number of the last event after those passes.</summary>
    public long Last { get; private set; }

    public long Generation { get; private set; }

    public static async Task<PassVerdict> JudgeAsync(string path, long sequence, long generation)
    {
        await using var folder = await PassFolder.OpenAsync(path, TimeSpan.Zero);
        var verdict = new PassVerdict(folder);
        await verdict.CheckStoreAsync(sequence);
        var state = await folder.File.LoadAsync();
        if (state is DesiredState.Missing && generation == 0)
        {
            Assert.Empty(await folder.Store.ListDeckiesAsync());
            return verdict;
        }

        var known = Assert.IsType<DesiredState.Known>(state);
        Assert.Equal(FleetFileOrigin.Saved, known.Origin);
        Assert.True(known.Generation >= generation, $"generation {known.Generation} after {generation} was acknowledged");
        verdict.Generation = known.Generation;
        await verdict.ConvergeAsync();
        await verdict.CheckConvergedAsync(known.Fleet);
        return verdict;
    }

    async Task CheckStoreAsync(long acknowledged)
    {
        Assert.Empty(await folder.Store.CheckIntegrityAsync());
        var path = (await folder.Store.DescribeAsync()).Location!;
        using (var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check";
            Assert.Equal("ok", command.ExecuteScalar());
        }

        Found = await folder.Store.GetLastSequenceAsync();
        Assert.True(Found >= acknowledged, $"the last event is {Found}, and {acknowledged} was acknowledged");
        await CheckReplayAsync();
    }

    async Task CheckReplayAsync()
    {
        var rows = await folder.Store.ListDeckiesAsync();
        var replayed = await EventReplay.RunAsync(folder.Store);
        Assert.Equal(rows.Select(row => (row.Name.Value, row.State)), replayed.Select(row => (row.Key, row.Value)));
    }

    async Task ConvergeAsync()
    {
        await folder.Runtime.ObserveAsync();
        HalfDone = folder.Runtime.Containers.Any(container =>
            IsAside(container.Observed) || container.Observed.State == ContainerState.Created);
        while (!(await folder.PassAsync()).IsConverged)
        {
            Passes++;
            Assert.True(Passes < MaxPasses, $"not converged after {MaxPasses} passes");
        }
    }

    async Task CheckConvergedAsync(Fleet fleet)
    {
        var composer = new DeckyComposer(FleetCatalog.For(fleet));
        var blueprints = fleet.Deckies.Select(decky => composer.Compose(fleet, decky)).OrderBy(decky => decky.Decky.Name.Value, StringComparer.Ordinal).ToList();
        var rows = await folder.Store.ListDeckiesAsync();
        Assert.Equal(
            blueprints.Select(decky => (decky.Decky.Name, decky.ConfigHash, decky.ConfigJson, DeckyState.Running, (string?)null)),
            rows.Select(row => (row.Name, row.ConfigHash, row.ConfigJson, row.State, row.Reason)));
        CheckContainers(blueprints);
        await CheckReplayAsync();

        var (last, written) = (await folder.Store.GetLastSequenceAsync(), folder.Runtime.Position);
        Assert.True((await folder.PassAsync()).IsConverged);
        Last = last;
        Assert.Equal((last, written), (await folder.Store.GetLastSequenceAsync(), folder.Runtime.Position));
        Assert.Equal(rows, await folder.Store.ListDeckiesAsync());
    }

    void CheckContainers(List<DeckyBlueprint> blueprints)
    {
        var containers = folder.Runtime.Containers;
        var bases = containers.Where(container => container.Observed.Role == ContainerRole.Base)
            .ToDictionary(container => container.Observed.DeckyName, container => container.Observed.Id);
        Assert.DoesNotContain(containers, container => IsAside(container.Observed));
        Assert.All(containers, container => Assert.True(container.IsReachable, $"{container.Observed.Name} is {container.Observed.State}, and cannot be reached"));
        Assert.Equal(
            blueprints.SelectMany(decky => decky.Services.Prepend(decky.Base).Select(wanted =>
                (wanted.Name, wanted.ConfigHash, wanted.Role == ContainerRole.Base ? null : bases.GetValueOrDefault(decky.Decky.Name.Value))))
                .Order(),
            containers.Select(container => (container.Observed.Name, container.Observed.ConfigHash!, container.Observed.NetworkContainerId)).Order());
    }

    static bool IsAside(ObservedContainer container) => container.Name.Contains("-old-", StringComparison.Ordinal);
}
