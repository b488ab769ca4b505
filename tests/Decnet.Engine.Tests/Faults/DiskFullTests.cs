namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Xunit;

public sealed class DiskFullTests
{
    [EngineFact]
    public async Task Full_disk_is_told_and_the_fleet_comes_up_once_there_is_space()
    {
        await using var engine = await PrivateEngine.StartAsync();
        // Where the engine keeps what it knows of containers: a file system of a few pages.
        var folder = Path.Combine(engine.Folder, "data/containers");
        await MountAsync("-t", "tmpfs", "-o", "size=24k", "tmpfs", folder);
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.File.SaveAsync(TestFleet.OfWebs(2));

        var full = await scene.PassAsync();

        Assert.True(full.HasFailures);
        Assert.All(full.Steps.Where(step => step.Outcome == StepOutcome.Failed), step => Assert.Contains("no space left on device", step.Error, StringComparison.Ordinal));
        Assert.All(await scene.RowsAsync(), row => Assert.NotEqual(DeckyState.Running, row.State));
        Assert.Contains(await scene.RowsAsync(), row => row.Reason!.Contains("no space left on device", StringComparison.Ordinal));
        Assert.NotNull(full.NextAttempt);

        await MountAsync("-o", "remount,size=64m", folder);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await scene.PassAsync();

        Assert.All(await scene.RowsAsync(), row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
        Assert.Equal(6, (await scene.ContainersAsync()).Count);
        await scene.AssertConvergedAsync();
    }

    static async Task MountAsync(params string[] arguments)
    {
        var result = await CommandLine.RunAsync("mount", arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
    }
}
