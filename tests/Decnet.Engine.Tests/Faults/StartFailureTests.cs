namespace Decnet.Engine.Tests.Faults;

using System.Formats.Tar;
using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>New containers that do not start: the old ones come back.</summary>
public sealed class StartFailureTests(TestEngine engine)
{
    const string Hollow = "hollow:1";

    [EngineFact]
    public async Task Base_whose_image_has_no_such_command_is_put_back()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));
        await MakeHollowImageAsync(scene);
        var before = await scene.ContainersAsync();

        await scene.File.SaveAsync(TestFleet.OfWebs(2).With(TestFleet.Web(2) with { BaseImage = Hollow }));
        var result = await scene.PassAsync();

        AssertFailed(result, "\"sh\"");
        await AssertPutBackAsync(scene, before);
        Assert.Equal(DeckyState.Running, (await scene.RowAsync("web-02")).State);
        Assert.StartsWith("web-02 has an outdated configuration", (await scene.RowAsync("web-02")).Reason, StringComparison.Ordinal);

        await scene.DeployAsync(TestFleet.OfWebs(2));
        await scene.AssertConvergedAsync();
    }

    [EngineFact]
    public async Task Service_whose_image_has_no_such_command_is_put_back_alone()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));
        await MakeHollowImageAsync(scene);
        var before = await scene.ContainersAsync();
        var ssh = FleetCatalog.BuiltIn.FindService("ssh")! with { Image = Hollow, Command = ["/no/such/program"], Override = true };

        await scene.File.SaveAsync(TestFleet.OfWebs(2) with { Catalog = new CatalogOverlay { Services = [ssh] } });
        var result = await scene.PassAsync();

        AssertFailed(result, "/no/such/program");
        await AssertPutBackAsync(scene, before);
        var after = await scene.ContainersAsync();
        Assert.All(["web-01", "web-01-http", "web-02", "web-02-http"], name => Assert.Equal(before[name], after[name]));
    }

    [EngineTheory]
    [InlineData("kernel.panic")]
    [InlineData("net.ipv4.no_such_setting")]
    public async Task Base_with_a_kernel_setting_that_is_refused_is_put_back(string setting)
    {
        var fleet = TestFleet.OfWebs(1);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);
        var before = await scene.ContainersAsync();
        var blueprint = new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet, fleet.Deckies[0]);
        var present = Assert.IsType<ObservedState.Known>(await scene.Runtime.ObserveAsync()).Containers;

        var error = await Assert.ThrowsAnyAsync<RuntimeException>(() => new ContainerApplier(scene.Runtime).ReplaceDeckyAsync(
            blueprint with { Base = blueprint.Base with { Sysctls = new ValueMap<string>([new(setting, "1")]) } }, present));

        Assert.Contains(setting.Split('.')[^1], error.Message, StringComparison.Ordinal);
        await AssertPutBackAsync(scene, before);
        await scene.AssertConvergedAsync();
    }

    static void AssertFailed(ReconcileResult result, string word)
    {
        var errors = result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => step.Error!).ToArray();
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains(word, error, StringComparison.Ordinal));
    }

    /// <summary>The containers are the same as before, they all run, and they can be reached.</summary>
    static async Task AssertPutBackAsync(FleetScene scene, Dictionary<string, ContainerFacts> before)
    {
        var after = await scene.ContainersAsync();
        Assert.Equal(Ids(before), Ids(after));
        Assert.All(after.Values, container => Assert.Equal("running", container.State));
        for (var number = 1; number <= before.Count / 3; number++)
        {
            Assert.StartsWith("SSH-2.0-", await scene.HearAsync("web-01", TestFleet.Web(number), 22), StringComparison.Ordinal);
        }
    }

    static Dictionary<string, string> Ids(Dictionary<string, ContainerFacts> containers) => containers.ToDictionary(one => one.Key, one => one.Value.Id);

    /// <summary>An image that has a single file and no program.</summary>
    static async Task MakeHollowImageAsync(FleetScene scene)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("tree"));
        await File.WriteAllTextAsync(folder.File("tree/empty"), "");
        await TarFile.CreateFromDirectoryAsync(folder.File("tree"), folder.File("image.tar"), includeBaseDirectory: false);
        await scene.Docker("import", folder.File("image.tar"), Hollow);
    }
}
