namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Endurance;
using Decnet.Engine.Tests.Killing;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

/// <summary>What comes in the way of a deploy: the engine, an image, the operator.</summary>
public sealed class DecnetdFaultTests(TestEngine engine) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task A_deploy_outlives_a_restart_of_the_engine()
    {
        await using var daemon = await PrivateEngine.StartAsync();
        using var lab = new DecnetdLab(new RealEngine(daemon.Endpoint, daemon.DockerCli));
        var ini = lab.Ini(LabIni.Of(LabIni.Group("web", 20)).Replace("198.18.77.", "198.18.78.", StringComparison.Ordinal));
        using var deploy = lab.Start("deploy", ini);
        Assert.True(await deploy.SaysAsync("deploy succeeded"), deploy.Errors);

        await daemon.StopDaemonAsync();
        await daemon.StartDaemonAsync();

        var end = await deploy.EndAsync();
        Assert.True(end.ExitCode == 0, $"{end.Errors}\n{end.Output}\n{await FailuresAsync(lab)}");
        // Deckies that ran before are started by the engine itself, and it may start a service before its base.
        await lab.DoAsync("deploy", ini);
        await LabVerdict.AllRunAsync(lab, LabIni.Names("web", 20));
    }

    [EngineFact]
    public async Task A_decky_whose_image_cannot_be_had_fails_alone()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        using var registry = new EmptyRegistry();
        var absent = $"{registry.Address}/absent:1";
        var ini = LabIni.Of(LabIni.Group("web", 19, "ssh"), LabIni.Decky("odd", "badge"), $"[custom-badge]\nbinary = {absent}\nports = 4840\n");

        var deploy = await lab.RunAsync("deploy", lab.Ini(ini));

        Assert.Equal(1, deploy.ExitCode);
        var failed = Assert.Single(await lab.OperationsAsync(), operation => operation.Status != OperationStatus.Succeeded);
        Assert.Equal(("odd", OperationStatus.Failed), (failed.DeckyName.Value, failed.Status));
        Assert.Contains(absent, failed.Error, StringComparison.Ordinal);
        Assert.Contains("manifest unknown", failed.Error, StringComparison.Ordinal);
        Assert.Contains(failed.Error!.Split('\n')[0], (await lab.DoAsync("operations", "--status", "failed")).Output, StringComparison.Ordinal);
        Assert.Contains(failed.Error.Split('\n')[0], deploy.Output, StringComparison.Ordinal);
        await using var store = await lab.OpenStoreAsync();
        Assert.Equal(19, (await store.ListDeckiesAsync()).Count(row => row.State == DeckyState.Running));
        var containers = await lab.Engine.ContainersAsync();
        Assert.Equal(38, containers.Count(container => container.Status == "running" && container.Name.StartsWith("web-", StringComparison.Ordinal)));
        Assert.DoesNotContain(containers, container => container.Name == "odd-badge");
    }

    [EngineFact]
    public async Task A_deploy_that_is_interrupted_says_so_and_goes_on_from_there()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        var ini = lab.Ini(LabIni.Of(LabIni.Group("web", 12)));
        using var folder = new TemporaryFolder();
        var way = folder.File("engine.sock");
        // It cannot end before it is interrupted: its last decky gets no answer.
        await using var proxy = new CuttingProxy(way, engine.Endpoint["unix://".Length..]) { Held = "name=web-12" };
        using var deploy = lab.StartOn($"unix://{way}", "deploy", ini);
        Assert.True(await deploy.SaysAsync("deploy succeeded"), deploy.Errors);

        await deploy.SignalAsync("INT");

        var end = await deploy.EndAsync();
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("Stopped before the end. The same command goes on from here.", end.Errors, StringComparison.Ordinal);
        var operations = await lab.OperationsAsync();
        Assert.All(operations, operation => Assert.False(operation.IsOpen));
        Assert.Contains(operations, operation => operation.Status == OperationStatus.Succeeded);
        var cancelled = operations.Where(operation => operation.Status == OperationStatus.Failed).ToArray();
        Assert.NotEmpty(cancelled);
        Assert.All(cancelled, operation => Assert.StartsWith("cancelled", operation.Error, StringComparison.Ordinal));
        await lab.DoAsync("deploy", ini);
        await LabVerdict.AllRunAsync(lab, LabIni.Names("web", 12));
    }

    static async Task<string> FailuresAsync(DecnetdLab lab) =>
        string.Join('\n', (await lab.OperationsAsync()).Where(operation => operation.Error is not null).Select(operation => $"{operation.DeckyName}: {operation.Error}"));
}
