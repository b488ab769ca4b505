namespace Decnet.Engine.Tests.QuickStart;

using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>Runs the built program as a user would who has an engine.</summary>
public sealed class QuickStartOnDockerTests(TestEngine engine) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task Real_containers_greet_are_healed_and_leave_nothing_behind()
    {
        var before = await EverythingAsync();

        var result = await RunAsync("--docker");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        string[] signs =
        [
            "26 containers, 8 rows", "SSH-2.0-OpenSSH_9.2p1", "220 ", "HTTP/1.1 403 Forbidden", "BADGE/1.0 READY", "3 decoys repaired",
            "it was back", "0 of 8 rows deleted, 26 containers still there", "converged, nothing to do", "8 rows deleted, 0 containers left",
        ];
        Assert.All(signs, sign => Assert.Contains(sign, result.Output, StringComparison.Ordinal));
        Assert.Equal(before, await EverythingAsync());
    }

    [EngineFact]
    public async Task What_is_kept_is_there_and_the_next_run_refuses_to_touch_it()
    {
        using var folder = new TemporaryFolder();

        var kept = await RunAsync("--docker", "--keep", folder.Path);
        var present = await EverythingAsync();
        var again = await RunAsync("--docker");

        Assert.Equal((0, ""), (kept.ExitCode, kept.Errors));
        Assert.Contains("26 containers", kept.Output, StringComparison.Ordinal);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("already", again.Errors, StringComparison.Ordinal);
        Assert.Equal(present, await EverythingAsync());
    }

    Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), .. arguments], new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Endpoint });

    async Task<string> EverythingAsync() =>
        await engine.DockerCli("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}}") + await engine.DockerCli("network", "ls", "--format", "{{.ID}} {{.Name}}");
}
