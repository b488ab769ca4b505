namespace Decnet.Engine.Tests.Decnetd;

using Decnet.Engine.Tests.Killing;
using Decnet.Engine.Tests.Support;
using Xunit;

/// <summary>Two fleets on one engine, each with a project of its own and deckies of the same names.</summary>
public sealed class ProjectTests(TestEngine engine) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await CleanAsync();

    public async ValueTask DisposeAsync() => await CleanAsync();

    [EngineFact]
    public async Task Fleets_of_two_projects_do_not_see_each_other()
    {
        using var first = await DecnetdLab.OpenAsync(engine);
        using var second = new DecnetdLab(new RealEngine(engine.Endpoint, engine.DockerCli));
        var ini = LabIni.Of(LabIni.Group("web", 2, "ssh"));
        await first.DoAsync("deploy", first.Ini(ini));
        await second.DoAsync("deploy", second.Ini(ini.Replace("198.18.77.", "198.18.91.", StringComparison.Ordinal)), "--project", "lab");

        Assert.Equal(["web-01", "web-01-ssh", "web-02", "web-02-ssh"], await NamesAsync("decnet"));
        Assert.Equal(["lab-web-01", "lab-web-01-ssh", "lab-web-02", "lab-web-02-ssh"], await NamesAsync("lab"));
        await first.DoAsync("reconcile", "--once", "--dry-run", "--repair", "recreate", "--remove-strays");
        await second.DoAsync("reconcile", "--once", "--dry-run", "--repair", "recreate", "--remove-strays", "--project", "lab");

        await engine.DockerCli("kill", "lab-web-01-ssh");
        await first.DoAsync("reconcile", "--once", "--dry-run", "--repair", "recreate");
        await second.DoAsync("reconcile", "--once", "--repair", "recreate", "--project", "lab");
        Assert.Equal("running", await engine.DockerCli("inspect", "--format", "{{.State.Status}}", "lab-web-01-ssh"));

        await first.DoAsync("teardown", "--all", "--yes");
        Assert.Equal(["lab-web-01", "lab-web-01-ssh", "lab-web-02", "lab-web-02-ssh"], await NamesAsync("lab"));
        await second.DoAsync("teardown", "--all", "--yes", "--project", "lab");
        Assert.Empty(await NamesAsync("lab"));
        Assert.DoesNotContain("lab_lan", await engine.DockerCli("network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
    }

    async Task<string[]> NamesAsync(string project)
    {
        var listed = await engine.DockerCli("ps", "--all", "--format", "{{.Names}}", "--filter", $"label=com.docker.compose.project={project}");
        return [.. listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    async Task CleanAsync()
    {
        await engine.CleanAsync();
        foreach (var name in await NamesAsync("lab"))
        {
            await engine.DockerCli("rm", "-f", "-v", name);
        }
    }
}
