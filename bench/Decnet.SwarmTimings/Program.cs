using Decnet.EngineTimings;
using Decnet.SwarmTimings;
using Decnet.SwarmTimings.Https;

if (args is [HostsProgram.Word, ..])
{
    return await HostsProgram.RunAsync(args);
}

const string Introduction =
    """
    # Timings of a master

    Made by `nice -n -10 dotnet run -c Release --project bench/Decnet.SwarmTimings > bench/Decnet.SwarmTimings/RESULTS.md`, before other
    work of the machine, though not alone. The stores are real ones on the disk; CPU is that of the whole process, with the garbage
    collector's threads, and with the settings of `decnetd`. In the first sections hosts are only said to be there, and reports are handed
    over as the bytes of their bodies, without TLS. *Over HTTPS* the servers are those of `decnetd`, with TLS and certificates on both sides,
    on loopback; the 1,000 hosts are another process, each with its own certificate and client, so that the CPU is the master's alone. A new
    connection for each report is the worst case: hosts keep theirs. Times on a machine that does other things as well say little.
    """;

string[] all = ["heartbeats", "latency", "dispatch", "https-heartbeats", "https-latency", "https-acceptance"];
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
        "dispatch" => new DispatchSection(report).RunAsync(),
        "https-heartbeats" => new HttpsHeartbeatSection(report).RunAsync(),
        "https-latency" => new HttpsLatencySection(report).RunAsync(),
        _ => new AcceptanceSection(report).RunAsync(),
    });
}

report.Print(Console.Out);
return args.Contains("--check") && report.HasMissed ? 1 : 0;
