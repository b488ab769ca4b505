using Decnet.EngineTimings;
using Decnet.SwarmTimings;

const string Introduction =
    """
    # Timings of a master

    Made by `dotnet run -c Release --project bench/Decnet.SwarmTimings > bench/Decnet.SwarmTimings/RESULTS.md`. The store is a real one on
    the disk, the hosts are only said to be there; CPU is that of the whole process, with the garbage collector's threads and the reading
    of the reports' bodies, but without TLS where it does not say so.
    """;

string[] all = ["heartbeats", "latency", "dispatch"];
var sections = args.Where(word => word != "--check").ToArray();
if (sections.Any(word => !all.Contains(word)))
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project bench/Decnet.SwarmTimings -- [{string.Join(' ', all)}] [--check]");
    return 2;
}

var report = new Report(Introduction);
foreach (var section in sections.Length == 0 ? all : sections)
{
    Console.Error.WriteLine($"--- {section}");
    await (section switch
    {
        "heartbeats" => new HeartbeatSection(report).RunAsync(),
        "latency" => new LatencySection(report).RunAsync(),
        _ => new DispatchSection(report).RunAsync(),
    });
}

report.Print(Console.Out);
return args.Contains("--check") && report.HasMissed ? 1 : 0;
