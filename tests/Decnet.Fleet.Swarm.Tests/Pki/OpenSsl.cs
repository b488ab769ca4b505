namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.ComponentModel;
using System.Diagnostics;
using Xunit;

/// <summary>Another opinion on what we make.</summary>
internal static class OpenSsl
{
    static readonly Lazy<bool> There = new(() =>
    {
        try
        {
            using var process = Start(["version"]);
            return process.WaitForExit(TimeSpan.FromMinutes(1)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    internal static void SkipUnlessThere() => Assert.SkipUnless(There.Value, "openssl is not on PATH.");

    internal static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, string.Concat(texts).Trim());
    }

    static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("openssl", arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
