namespace Decnet.SwarmTimings.Https;

using System.Globalization;

/// <summary>How many files and connections a process may have open. .NET raises its soft limit to the hard one by itself.</summary>
internal static class FileDescriptors
{
    /// <exception cref="InvalidOperationException">The limit is too low.</exception>
    internal static void MustAllow(int count)
    {
        const string Name = "Max open files";
        const string Limits = "/proc/self/limits";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) : null;
        var hard = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        if (long.TryParse(hard, CultureInfo.InvariantCulture, out var limit) && limit < count)
        {
            throw new InvalidOperationException($"A process may have {limit} files open here, and {count} are needed: ulimit -Hn {count}.");
        }
    }
}
