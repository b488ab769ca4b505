namespace Decnet.Fleet.Sqlite.Tests;

using System.Diagnostics;

/// <summary>Starts the program beside the tests that works on a store from a process of its own.</summary>
static class ChildProcess
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static async Task<string> RunAsync(params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return output.Trim();
    }

    /// <summary>Does something while another process has a store open and leaves it alone.</summary>
    internal static async Task WhileHeldAsync(string path, Func<Task> action)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var process = Start("hold", path);
        try
        {
            Assert.Equal("open", await process.StandardOutput.ReadLineAsync(limit.Token));
            await action();
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
        }

        Assert.Equal(0, process.ExitCode);
    }

    static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Decnet.Fleet.Sqlite.Tests.Writer.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
