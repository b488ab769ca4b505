namespace Decnet.Engine.Tests.Support;

using System.Diagnostics;
using Decnet.Engine.Tests.HostNetwork;

/// <summary>Runs a program to its end, and for two minutes at most unless told otherwise.</summary>
static class CommandLine
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    internal static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        NetworkNamespace? network = null,
        TimeSpan? atMost = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using var process = (network is null ? Process.Start(start) : network.Start(start)) ?? throw new InvalidOperationException($"{program} did not start.");
        using var limit = new CancellationTokenSource(atMost ?? Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, output.Trim(), (await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} took longer than {atMost ?? Limit}.");
        }
    }
}
