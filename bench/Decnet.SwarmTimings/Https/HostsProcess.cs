namespace Decnet.SwarmTimings.Https;

using System.Diagnostics;

/// <summary>This program once more, as <see cref="HostsProgram"/>.</summary>
internal sealed class HostsProcess : IDisposable
{
    readonly Process process;

    internal HostsProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(HostsProcess).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
    }

    internal async Task<RoundResult> ReportAsync(ReportRound round)
    {
        await process.StandardInput.WriteLineAsync(round.ToString());
        return RoundResult.Read(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process of the hosts has ended; its errors are above."));
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
