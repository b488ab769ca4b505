namespace Decnet.EngineTimings;

using System.Globalization;
using System.Runtime.InteropServices;

/// <summary>What the figures were measured on.</summary>
internal static class MachineFacts
{
    internal static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSDescription.Trim()}, {Environment.ProcessorCount} cores of {Processor()}, "
        + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, .NET {Environment.Version}, load average {Load()} at the end.");

    static string Processor() => FirstLine("/proc/cpuinfo", line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
        : RuntimeInformation.ProcessArchitecture.ToString();

    static string Load() => FirstLine("/proc/loadavg", _ => true)?.Split(' ')[0] ?? "unknown";

    static string? FirstLine(string path, Func<string, bool> wanted) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault(wanted) : null;
}
