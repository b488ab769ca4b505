namespace Decnet.EngineTimings;

using System.Diagnostics;

/// <summary>Brings a Compose file up by the command docker-compose.</summary>
internal static class ComposeDeployment
{
    internal static async Task RunAsync(string endpoint, string file)
    {
        using var process = Start(endpoint, "--project-name", "decnet", "--file", file, "--ansi", "never", "up", "-d", "--quiet-pull");
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"docker-compose failed: {await errors}");
        }
    }

    internal static async Task<string> VersionAsync(string endpoint)
    {
        using var process = Start(endpoint, "version", "--short");
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }

    static Process Start(string endpoint, params string[] words)
    {
        var start = new ProcessStartInfo("docker-compose", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOCKER_HOST"] = endpoint;
        start.Environment["COMPOSE_HTTP_TIMEOUT"] = "600";
        return Process.Start(start)!;
    }
}
