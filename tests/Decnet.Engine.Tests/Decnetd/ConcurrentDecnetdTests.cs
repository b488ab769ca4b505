namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Support;
using Xunit;

/// <summary>Operators who do not know of each other. Their files leave addresses and host names to the program.</summary>
public sealed class ConcurrentDecnetdTests(TestEngine engine) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task Two_files_deployed_at_once_make_one_fleet_of_both()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);

        await TogetherAsync(
            lab,
            lab.Ini(LabIni.Of(LabIni.Group("web", 5)), "web.ini"),
            lab.Ini(LabIni.Of(LabIni.Group("mail", 5, "smtp, pop3")), "mail.ini"));

        await LabVerdict.AllRunAsync(lab, [.. LabIni.Names("web", 5), .. LabIni.Names("mail", 5)]);
    }

    [EngineFact]
    public async Task One_file_deployed_twice_at_once_makes_each_decky_once()
    {
        using var lab = await DecnetdLab.OpenAsync(engine);
        using var creations = new Creations(lab.Engine);
        var ini = lab.Ini(LabIni.Of(LabIni.Group("web", 6)));

        await TogetherAsync(lab, ini, ini);

        await LabVerdict.AllRunAsync(lab, LabIni.Names("web", 6));
        Assert.Equal((await lab.Engine.ContainersAsync()).Select(container => container.Name).Order(), (await creations.ReadAsync()).Order());
    }

    static async Task TogetherAsync(DecnetdLab lab, params string[] files)
    {
        var results = await Task.WhenAll(files.Select(file => lab.RunAsync("deploy", file)));
        Assert.All(results, result => Assert.True(result.ExitCode == 0, $"a deploy ended with {result.ExitCode}: {result.Errors}"));
    }
}
