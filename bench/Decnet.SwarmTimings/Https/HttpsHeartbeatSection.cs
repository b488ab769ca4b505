namespace Decnet.SwarmTimings.Https;

using System.Globalization;
using Decnet.EngineTimings;

/// <summary>What the reports of all hosts cost the process of a master in one period, when they come over HTTPS from another process.</summary>
internal sealed class HttpsHeartbeatSection(Report report)
{
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    const string Section = "heartbeats over HTTPS";
    const int Hosts = 1000;
    const int Deckies = 20;

    /// <summary>Longer than what the jitter of a host's reports adds to the period.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    internal async Task RunAsync()
    {
        FileDescriptors.MustAllow(2 * Hosts);
        var hosts = new SimulatedHosts(Hosts, Deckies);
        using var handshakes = new HandshakeCount();
        await using var master = await HttpsMaster.StartAsync(hosts);
        using var peers = new HostsProcess(HostsProgram.Arguments(master.HostFolders, master.Port, Hosts, Deckies));
        var first = await MeasureAsync(peers, ReportRound.AtOnce, "the first reports");
        report.Add(Section, "once, the first reports of all: 1,000 handshakes, and 20,000 rows are added", Report.Number(first.TotalSeconds) + " s CPU");
        Handshakes(handshakes, "the first reports", Hosts);

        // What the just-in-time compiler does is done once.
        await peers.ReportAsync(ReportRound.AtOnce);
        await KeptAsync(peers, handshakes, "over kept connections");
        await KeptAsync(peers, handshakes, "the same, a period later");
        await RowCheck.AddAsync(report, Section, "after the quiet periods", master.Store, hosts.Fleet);
        var anew = await MeasureAsync(peers, ReportRound.Anew, "reports with a handshake each");
        report.AtMost(Section, "1,000 hosts × 20 deckies, nothing new, evenly over 30 s, with a new connection for each report", anew.TotalSeconds, 2, " s CPU");
        Handshakes(handshakes, "that period", Hosts);
        await RowCheck.AddAsync(report, Section, "after that", master.Store, hosts.Fleet);
    }

    async Task KeptAsync(HostsProcess peers, HandshakeCount handshakes, string how)
    {
        await Task.Delay(Rest);
        var kept = await MeasureAsync(peers, ReportRound.Kept, $"reports {how}");
        report.AtMost(Section, $"1,000 hosts × 20 deckies, nothing new, evenly over 30 s, {how}", kept.TotalSeconds, 2, " s CPU");
        Handshakes(handshakes, $"reports {how}", 0);
    }

    async Task<TimeSpan> MeasureAsync(HostsProcess peers, ReportRound round, string what)
    {
        RoundResult? result = null;
        var cpu = await CpuTime.OfAsync(async () =>
        {
            result = await peers.ReportAsync(round);

            // Signs of life are written a second later.
            await Task.Delay(TimeSpan.FromSeconds(2));
        });
        var pause = result!.LongestPause == TimeSpan.Zero ? "" : string.Create(CultureInfo.InvariantCulture, $"; longest pause of a host {result.LongestPause.TotalSeconds:0.0} s");
        report.Must(
            Section, $"{what}: taken by the master{pause}", string.Create(CultureInfo.InvariantCulture, $"{result.Taken}{(result.Failure is null ? "" : ", " + result.Failure)}"), "1000",
            result.Taken == Hosts);
        return cpu;
    }

    void Handshakes(HandshakeCount handshakes, string when, int goal)
    {
        var count = handshakes.Take();
        report.Must(Section, $"handshakes, {when}", count.ToString(CultureInfo.InvariantCulture), goal.ToString(CultureInfo.InvariantCulture), count == goal);
    }
}
