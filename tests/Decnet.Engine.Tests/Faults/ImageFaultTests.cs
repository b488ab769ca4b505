namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Xunit;

public sealed class ImageFaultTests(TestEngine engine)
{
    // A registry that refuses at once: nothing listens there.
    const string Absent = "127.0.0.1:9/absent:1";

    [EngineFact]
    public async Task Image_that_cannot_be_had_fails_the_deckies_that_need_it_and_no_others()
    {
        var fleet = TestFleet.Of(TestFleet.Web(1), TestFleet.Web(2) with { BaseImage = Absent }, TestFleet.Web(3) with { BaseImage = Absent });
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.File.SaveAsync(fleet);

        var result = await scene.PassAsync();

        Assert.Equal(1, result.Repaired);
        var error = Assert.Single(result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => step.Error).Distinct());
        Assert.Contains(Absent, error, StringComparison.Ordinal);
        Assert.Equal(["Running", "TornDown", "TornDown"], (await scene.RowsAsync()).Select(row => row.State.ToString()));
        Assert.Contains(Absent, (await scene.RowAsync("web-02")).Reason, StringComparison.Ordinal);
        Assert.Equal(["web-01", "web-01-http", "web-01-ssh"], (await scene.ContainersAsync()).Keys.Order());
        Assert.Single(scene.Requests, request => request.Contains("/images/create", StringComparison.Ordinal));
    }

    [EngineFact]
    public async Task Decky_is_made_once_its_image_is_there()
    {
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.File.SaveAsync(TestFleet.Of(TestFleet.Web(1), TestFleet.Web(2) with { BaseImage = Absent }));
        var failed = await scene.PassAsync();
        Assert.NotNull(failed.NextAttempt);
        try
        {
            await scene.Docker("tag", "busybox:1.36", Absent);
            var wait = failed.NextAttempt.Value - DateTimeOffset.UtcNow;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);

            var repaired = await scene.PassAsync();

            Assert.Equal(1, repaired.Repaired);
            Assert.All(await scene.RowsAsync(), row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
            await scene.AssertConvergedAsync();
        }
        finally
        {
            await scene.Docker("rmi", "-f", Absent);
        }
    }
}
