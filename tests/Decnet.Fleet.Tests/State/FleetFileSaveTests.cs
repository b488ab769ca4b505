namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetFileSaveTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly FleetFile file;

    public FleetFileSaveTests() => file = new FleetFile(folder.File("decnet-state.json"), new FleetFileOptions { LockTimeout = TimeSpan.Zero });

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Any_fleet_comes_back_equal_and_unedited()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var fleet = SampleFleet.Of(seed % 7, seed);
            var saved = await file.SaveAsync(fleet);
            var loaded = Assert.IsType<DesiredState.Known>(await new FleetFile(file.Path).LoadAsync());
            Assert.Equal(fleet, loaded.Fleet);
            Assert.Equal(FleetFileOrigin.Saved, loaded.Origin);
            Assert.Empty(loaded.Warnings);
            Assert.Equal(saved, loaded);
            Assert.Equal(seed + 1, loaded.Generation);
        }
    }

    [Fact]
    public async Task The_same_instance_is_returned_while_the_contents_are_the_same()
    {
        Assert.Same(await file.LoadAsync(), await file.LoadAsync());
        var saved = await file.SaveAsync(SampleFleet.Of(3));
        Assert.Same(saved, await file.LoadAsync());
        await new FleetFile(file.Path).SaveAsync(SampleFleet.Of(4));
        var loaded = Assert.IsType<DesiredState.Known>(await file.LoadAsync());
        Assert.Equal(4, loaded.Fleet.Deckies.Count);
        Assert.Same(loaded, await file.LoadAsync());
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    [Trait("Weakness", "L-1.8")]
    public async Task An_empty_fleet_is_known_and_a_missing_file_is_not()
    {
        var missing = Assert.IsType<DesiredState.Missing>(await file.LoadAsync());
        Assert.Contains(file.Path, missing.Reason, StringComparison.Ordinal);
        await file.SaveAsync(SampleFleet.Of(0));
        Assert.Empty(Assert.IsType<DesiredState.Known>(await file.LoadAsync()).Fleet.Deckies);
        File.Delete(file.Path);
        Assert.IsType<DesiredState.Missing>(await file.LoadAsync());
    }

    [Fact]
    public async Task The_previous_generation_is_kept_and_comes_back_as_a_new_one()
    {
        await file.SaveAsync(SampleFleet.Of(1));
        await file.SaveAsync(SampleFleet.Of(2));
        var restored = await file.RestorePreviousAsync();
        Assert.Equal((3, 1), (restored.Generation, restored.Fleet.Deckies.Count));
        Assert.Equal(2, (await file.RestorePreviousAsync()).Fleet.Deckies.Count);
    }

    [Fact]
    public async Task A_lost_file_is_restored_from_its_backup_and_its_absence_tells_so()
    {
        await file.SaveAsync(SampleFleet.Of(1));
        await file.SaveAsync(SampleFleet.Of(2));
        File.Delete(file.Path);
        Assert.Contains("generation 1", Assert.IsType<DesiredState.Missing>(await file.LoadAsync()).Reason, StringComparison.Ordinal);
        var restored = await file.RestorePreviousAsync();
        Assert.Equal((2, 1), (restored.Generation, restored.Fleet.Deckies.Count));
    }

    [Fact]
    public async Task Without_a_previous_generation_a_restore_says_so()
    {
        await file.SaveAsync(SampleFleet.Of(1));
        var error = await Assert.ThrowsAsync<FleetFileException>(() => file.RestorePreviousAsync());
        Assert.Equal(file.BackupPath, error.Path);
    }

    [Fact]
    public async Task Another_generation_than_expected_is_a_conflict_and_changes_nothing()
    {
        var missing = await Assert.ThrowsAsync<GenerationConflictException>(() => file.SaveAsync(SampleFleet.Of(1), expectedGeneration: 1));
        Assert.Null(missing.Actual);
        await file.SaveAsync(SampleFleet.Of(1));
        await file.SaveAsync(SampleFleet.Of(2), expectedGeneration: 1);
        var conflict = await Assert.ThrowsAsync<GenerationConflictException>(() => file.SaveAsync(SampleFleet.Of(3), expectedGeneration: 1));
        Assert.Equal((1, 2), (conflict.Expected, conflict.Actual));
        Assert.Equal(2, Assert.IsType<DesiredState.Known>(await file.LoadAsync()).Fleet.Deckies.Count);
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public async Task A_fleet_that_could_not_be_loaded_again_is_refused()
    {
        await file.SaveAsync(SampleFleet.Of(2));
        var before = await File.ReadAllBytesAsync(file.Path);
        var fleet = SampleFleet.Of(2);
        Fleet[] bad =
        [
            fleet with { Deckies = [fleet.Deckies[0] with { Services = [] }] },
            fleet with { Deckies = [fleet.Deckies[0], fleet.Deckies[0]] },
            fleet with { MutateInterval = TimeSpan.FromSeconds(5) },
        ];
        foreach (var one in bad)
        {
            await Assert.ThrowsAsync<FleetFileException>(() => file.SaveAsync(one));
            Assert.Equal(before, await File.ReadAllBytesAsync(file.Path));
        }
    }

    [Fact]
    public async Task A_fleet_above_the_size_limit_is_refused()
    {
        var small = new FleetFile(file.Path, new FleetFileOptions { MaxBytes = 3000 });
        await small.SaveAsync(SampleFleet.Of(1));
        var error = await Assert.ThrowsAsync<FleetFileException>(() => small.SaveAsync(SampleFleet.Of(50)));
        Assert.Contains("3000", error.Message, StringComparison.Ordinal);
        await file.SaveAsync(SampleFleet.Of(50));
        Assert.Contains("larger than 3000", Assert.IsType<DesiredState.Corrupt>(await small.LoadAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_returns_null_or_throws_leaves_the_file_alone_and_frees_the_lock()
    {
        var saved = await file.SaveAsync(SampleFleet.Of(2));
        Assert.Same(saved, await file.UpdateAsync(_ => null));
        await Assert.ThrowsAsync<NotSupportedException>(() => file.UpdateAsync(_ => throw new NotSupportedException()));
        Assert.Equal(2, Assert.IsType<DesiredState.Known>(await file.UpdateAsync(_ => SampleFleet.Of(1))).Generation);
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public async Task Concurrent_updates_of_several_instances_lose_nothing()
    {
        await file.SaveAsync(SampleFleet.Of(0));
        var all = SampleFleet.Of(24);
        await Task.WhenAll(all.Deckies.Select(decky => new FleetFile(file.Path).UpdateAsync(state =>
        {
            var fleet = ((DesiredState.Known)state).Fleet;
            return fleet with { Deckies = [.. fleet.Deckies, decky] };
        })));
        var known = Assert.IsType<DesiredState.Known>(await file.LoadAsync());
        Assert.Equal(25, known.Generation);
        Assert.Equal(all.Deckies.Select(decky => decky.Name).Order(), known.Fleet.Deckies.Select(decky => decky.Name).Order());
    }

    [Fact]
    public async Task Folders_and_files_are_closed_to_others_and_no_temporary_file_stays()
    {
        var deep = new FleetFile(folder.File("a/b/decnet-state.json"));
        await deep.SaveAsync(SampleFleet.Of(1));
        await File.WriteAllTextAsync(folder.File("a/b/.decnet-state.json.4711-1.tmp"), "left by a dead writer");
        await deep.SaveAsync(SampleFleet.Of(1));
        Assert.Equal(
            ["decnet-state.json", "decnet-state.json.bak", "decnet.lock"],
            Directory.GetFiles(folder.File("a/b")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.File("a/b")) & Others);
            foreach (var path in Directory.GetFiles(folder.File("a/b")))
            {
                Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & (Others | UnixFileMode.GroupWrite));
            }
        }
    }

    static UnixFileMode Others => UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
}
