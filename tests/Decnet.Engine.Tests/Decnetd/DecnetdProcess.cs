namespace Decnet.Engine.Tests.Decnetd;

using System.Diagnostics;
using System.Text;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;

/// <summary>A running <c>decnetd</c>, started as a shell does.</summary>
sealed class DecnetdProcess : IDisposable
{
    internal const int KilledExitCode = 128 + 9;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder errors = new();
    readonly Task reading;

    internal DecnetdProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        // A shell that runs tests in the background lets them ignore SIGINT, and so what they start.
        var start = new ProcessStartInfo(
            "env", ["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "decnetd.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
    }

    /// <summary>What it has printed on the standard error so far.</summary>
    internal string Errors => Text(errors);

    /// <summary>Waits until it has printed a text on the standard error; false when it ended without.</summary>
    internal async Task<bool> SaysAsync(string text)
    {
        await Eventually.TrueAsync(() => Task.FromResult(reading.IsCompleted || Errors.Contains(text, StringComparison.Ordinal)), Patience);
        return Errors.Contains(text, StringComparison.Ordinal);
    }

    /// <summary>Ends it with SIGKILL, at once.</summary>
    internal void Kill() => process.Kill();

    /// <summary>Sends a signal such as <c>INT</c>.</summary>
    internal Task SignalAsync(string signal) => CommandLine.RunAsync("kill", ["-s", signal, $"{process.Id}"]);

    /// <summary>Waits for its end.</summary>
    internal async Task<CommandResult> EndAsync()
    {
        await reading.WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new CommandResult(process.ExitCode, Text(output).TrimEnd(), Text(errors).TrimEnd());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
