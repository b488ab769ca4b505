namespace Decnet.EngineTimings;

using System.Diagnostics;
using System.Globalization;

/// <summary>What a worker costs while nothing happens: <c>decnetd reconcile</c> beside a hundred deckies, as the kernel counts it.</summary>
internal sealed class IdleSection(string endpoint, BareEngine bare, Report report, string decnetd, int minutes)
{
    const string Name = "idle";
    const int Deckies = 100;

    /// <summary>In which the kernel counts processor time (<c>USER_HZ</c>, proc(5)).</summary>
    const double TicksPerSecond = 100;

    static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);

    internal async Task RunAsync()
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        await lab.DeployAsync(LabFleets.OnBridge(Deckies));
        using var worker = Start(lab.Folder);
        try
        {
            await MeasureAsync(worker);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync();
        }

        var events = await lab.Store.GetLastSequenceAsync();
        report.Add(Name, "events in the log at the end (each beat is one)", events.ToString(CultureInfo.InvariantCulture));
        await bare.CleanAsync();
    }

    async Task MeasureAsync(Process worker)
    {
        await Task.Delay(WarmUp);
        var (ticks, before) = Read(worker);
        var sizes = new List<long> { before };
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(minutes))
        {
            await Task.Delay(TimeSpan.FromSeconds(15));
            sizes.Add(Read(worker).Kilobytes);
        }

        var share = (Read(worker).Ticks - ticks) / TicksPerSecond / watch.Elapsed.TotalSeconds;
        var quarter = sizes.Count / 4;
        var growth = sizes[^quarter..].Average() - sizes[..quarter].Average();
        var during = $"idle beside {Deckies} deckies for {minutes} minutes, after one to warm up";
        report.AtMost(Name, $"processor time of a worker, {during}", share * 100, 0.5, " % of a core", "0.000");
        report.AtMost(Name, $"most resident memory of a worker, {during}", sizes.Max() / 1024.0, 80, " MB", "0.0");
        report.Add(Name, "its growth from the first quarter to the last", Report.Number(growth / 1024, "0.0") + " MB");
    }

    Process Start(string folder)
    {
        var start = new ProcessStartInfo(decnetd, ["reconcile", "--state-dir", folder, "--docker-host", endpoint, "--repair", "restart"]);
        start.Environment["DECNET_IMAGE_POLICY"] = "tag";
        start.Environment["DOTNET_GCgen0size"] = "0x100000";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }

    static (long Ticks, long Kilobytes) Read(Process worker)
    {
        if (worker.HasExited)
        {
            throw new InvalidOperationException($"The worker has ended with {worker.ExitCode}.");
        }

        // The name in parentheses may hold spaces; the processor times are the 14th and 15th field.
        var fields = File.ReadAllText($"/proc/{worker.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var resident = File.ReadLines($"/proc/{worker.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return (
            long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture),
            long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }
}
