namespace Decnet.Engine.Tests.Decnetd;

using System.Diagnostics;
using System.Text;
using Decnet.Engine.Tests.HostNetwork;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;

/// <summary>A running <c>decnetd</c>, started as a shell does.</summary>
sealed class DecnetdProcess : IDisposable
{
    internal const int KilledExitCode = 128 + 9;

    /// <summary>The file of the program, which <c>dotnet exec</c> takes.</summary>
    internal static readonly string Program = Path.Combine(AppContext.BaseDirectory, "decnetd.dll");

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder errors = new();
    readonly Task reading;
    bool isDisposed;

    /// <param name="arguments">The words after the name of the program.</param>
    /// <param name="environment">What it has besides the variables of the tests.</param>
    /// <param name="network">Where it lives, and ends with it at the latest; null is the network of the machine.</param>
    internal DecnetdProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, NetworkNamespace? network = null)
    {
        // A shell that runs tests in the background lets them ignore SIGINT, and so what they start.
        string[] words = ["env", "--default-signal=INT", "dotnet", "exec", Program, .. arguments];
        var start = network is null ? new ProcessStartInfo(words[0], words[1..]) : NetworkNamespace.Bound(words);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = network is null ? Process.Start(start)! : network.Start(start);
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
    }

    internal bool HasEnded => reading.IsCompleted;

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
        if (!isDisposed && !process.HasExited)
        {
            process.Kill();
        }

        isDisposed = true;
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
