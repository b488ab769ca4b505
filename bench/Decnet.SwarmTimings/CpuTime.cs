namespace Decnet.SwarmTimings;

using System.Diagnostics;

/// <summary>How much of a processor this process uses, garbage collection and all.</summary>
internal static class CpuTime
{
    internal static async Task<TimeSpan> OfAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
