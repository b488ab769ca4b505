namespace QuickStart.Tests;

using System.Diagnostics;
using Decnet.Testing;
using Xunit;

/// <summary>Runs the built program as a user would.</summary>
public sealed class QuickStartTests
{
    [Fact]
    public async Task The_tour_runs_to_its_end_and_exits_with_0()
    {
        var (code, output, errors) = await RunAsync();

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        string[] steps =
        [
            "1. Built: 8 decoys", "2. Deployed: generation 1", "3. Drift injected", "4. Plan", "5. Converged", "6. The worker heals",
            "7. Fleet file deleted: the pass is held, 0 of 8 rows deleted", "8. Restored", "9. Torn down: 8 rows deleted, 0 containers left",
        ];
        Assert.All(steps, step => Assert.Contains(step, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_seed_builds_the_same_fleet()
    {
        var first = await RunAsync("--seed", "7");
        var second = await RunAsync("--seed", "7");
        var other = await RunAsync("--seed", "8");

        Assert.Equal(Built(first.Output), Built(second.Output));
        Assert.NotEqual(Built(first.Output), Built(other.Output));
    }

    [Fact]
    public async Task A_kept_folder_holds_file_and_database()
    {
        using var folder = new TemporaryFolder();

        var (code, _, errors) = await RunAsync("--keep", folder.Path);

        Assert.Equal((0, ""), (code, errors));
        Assert.True(File.Exists(folder.File("decnet-state.json")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "db", "decnet.db")));
    }

    [Fact]
    public async Task A_fleet_of_ones_own_is_built()
    {
        using var folder = new TemporaryFolder();
        var ini = folder.File("my.ini");
        await File.WriteAllTextAsync(ini, "[general]\nnet = 198.18.20.0/24\ngw = 198.18.20.1\n\n[printer-01]\narchetype = printer\n");

        var (code, output, _) = await RunAsync("--ini", ini);

        Assert.Equal(0, code);
        Assert.Contains("printer-01", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_exits_with_2_and_lists_all_errors()
    {
        using var folder = new TemporaryFolder();
        var ini = folder.File("bad.ini");
        await File.WriteAllTextAsync(ini, "[general]\nnet = nonsense\ngw = 198.18.20.1\n\n[Web_1]\nservices = shh\n\n[db]\namount = 0\n");

        var (code, _, errors) = await RunAsync("--ini", ini);

        Assert.Equal(2, code);
        Assert.Contains("nonsense", errors, StringComparison.Ordinal);
        Assert.Contains("Web_1", errors, StringComparison.Ordinal);
        Assert.Contains("amount", errors, StringComparison.Ordinal);
        Assert.Contains("line 2", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ini", "/nowhere/at-all.ini")]
    [InlineData("--frobnicate", "x")]
    [InlineData("--seed", "many")]
    public async Task A_bad_command_line_exits_with_2(params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(arguments[^1] == "x" ? arguments[0] : arguments[^1], errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_an_error_that_says_so()
    {
        var (code, _, errors) = await RunAsync(["--docker"], engine: "unix:///tmp/no-engine-is-here.sock");

        Assert.Equal(1, code);
        Assert.Contains("/tmp/no-engine-is-here.sock", errors, StringComparison.Ordinal);
    }

    static string Built(string output) => output[..output.IndexOf("2. Deployed", StringComparison.Ordinal)];

    static Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(arguments, engine: null);

    static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, string? engine)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (engine is not null)
        {
            start.Environment["DOCKER_HOST"] = engine;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
