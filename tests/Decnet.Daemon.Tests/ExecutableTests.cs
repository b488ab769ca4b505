namespace Decnet.Daemon.Tests;

using System.Diagnostics;
using Decnet.Testing;
using Xunit;

/// <summary>Starts the built program as a shell does.</summary>
public sealed class ExecutableTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_help_names_the_commands_and_the_exit_codes()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        string[] expected = ["Exit codes: 0 done, 1 failure, 2 bad input", "deploy", "teardown", "mutate", "status", "events", "operations", "reconcile", "stop", "suspend", "resume", "unit", "agent", "master", "host", "--state-dir"];
        Assert.All(expected, text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "deploy")]
    [InlineData(2, "deploy", "/nowhere/at-all.ini")]
    [InlineData(2, "reconcile", "--frobnicate")]
    [InlineData(3, "reconcile", "--once", "--dry-run")]
    [InlineData(0, "status")]
    [InlineData(0, "--version")]
    public async Task Exit_codes_are_those_of_the_help(int expected, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal(expected, code);
        Assert.NotEmpty(expected == 2 ? errors : output);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_worker_in_an_orderly_way(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        using var process = Start("reconcile");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(folder.File("db/decnet.db-wal")) && new FileInfo(folder.File("db/decnet.db-wal")).Length > 0), Patience);

        using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors + await output);
        Assert.Contains("Worker reconciler ends", await errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_web_server_is_only_loaded_by_what_serves()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is told by Linux's /proc.");
        using var process = Start("reconcile");
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(folder.File("db/decnet.db-wal")) && new FileInfo(folder.File("db/decnet.db-wal")).Length > 0), Patience);

        var loaded = await File.ReadAllTextAsync($"/proc/{process.Id}/maps");
        process.Kill();

        Assert.Contains("Decnet.Fleet.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("AspNetCore", loaded, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "decnetd.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DECNET_STATE_DIR"] = folder.Path;
        start.Environment["DOCKER_HOST"] = $"unix://{folder.File("no-engine.sock")}";
        start.Environment.Remove("NOTIFY_SOCKET");
        return Process.Start(start)!;
    }
}
