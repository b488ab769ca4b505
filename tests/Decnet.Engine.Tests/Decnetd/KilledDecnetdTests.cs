namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>Commands that are killed, and the same commands again. The seed and the sizes are those of <see cref="CampaignSettings"/>.</summary>
public sealed class KilledDecnetdTests(TestEngine engine, ITestOutputHelper output) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task A_command_killed_at_any_moment_is_finished_by_the_same_command()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        var campaign = new CommandCampaign(lab, CampaignSettings.Seed, CampaignSettings.Size(1, 17));

        await campaign.RunAsync();

        output.WriteLine($"kills of decnetd: {campaign}");
        Console.WriteLine($"kills of decnetd: {campaign}");
    }

    [EngineFact]
    public async Task A_teardown_that_was_killed_is_finished_by_the_worker()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        await lab.DoAsync("deploy", lab.Ini(LabIni.Of(LabIni.Group("web", 12))));
        using var teardown = lab.Start("teardown", "--all", "--yes");
        Assert.True(await teardown.SaysAsync("teardown succeeded"), "the teardown ended too early");
        teardown.Kill();
        Assert.Equal(DecnetdProcess.KilledExitCode, (await teardown.EndAsync()).ExitCode);
        Assert.NotEmpty(await lab.Engine.ContainersAsync());

        using var worker = await lab.StartWorkerAsync("--repair", "recreate");

        await using var store = await lab.OpenStoreAsync();
        await Eventually.TrueAsync(
            async () => (await store.ListDeckiesAsync()).Count == 0 && (await lab.Engine.ContainersAsync()).Count == 0, TimeSpan.FromMinutes(1));
        await lab.DoAsync("teardown", "--all", "--yes");
        await LabVerdict.NothingIsLeftAsync(lab);
    }
}
