namespace Decnet.SwarmTimings;

using System.Globalization;
using System.Text.Json;
using Decnet.EngineTimings;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What the reports of all hosts cost the master in one period of 30 seconds, from the bytes of their bodies to the store.</summary>
internal sealed class HeartbeatSection(Report report)
{
    const string Section = "heartbeats";
    const int Hosts = 1000;
    const int Deckies = 20;

    static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    internal async Task RunAsync()
    {
        await using var lab = await SwarmLab.NewAsync(Hosts, Deckies);
        var first = await CpuTime.OfAsync(() => AllAsync(lab, _ => Task.CompletedTask));
        report.Add(Section, "once, the first reports of all: 20,000 rows are added", Text(first));
        await RowCheck.AddAsync(report, Section, "after the first reports", lab.Store, lab.Hosts.Fleet);

        // What the just-in-time compiler does is done once.
        await AllAsync(lab, _ => Task.CompletedTask);
        await PacedAsync(lab);
        await RowCheck.AddAsync(report, Section, "after a quiet period", lab.Store, lab.Hosts.Fleet);
        var busy = await CpuTime.OfAsync(() => AllAsync(lab, i => TellAsync(lab, i)));
        report.AtMost(Section, "as many reports while the event log moves before each, so that each is compared with the store", busy.TotalSeconds, 2, " s CPU");
        await lab.RestartAsync();
        var restarted = await CpuTime.OfAsync(() => AllAsync(lab, _ => Task.CompletedTask));
        report.Add(Section, "once, after a restart of the master: the fleet file is read and each decky compared", Text(restarted));
        await RowCheck.AddAsync(report, Section, "after a restart", lab.Store, lab.Hosts.Fleet);
        await ChangedAsync(lab);
    }

    /// <summary>A period as it is: the reports come evenly, in real time.</summary>
    async Task PacedAsync(SwarmLab lab)
    {
        var bodies = Bodies(lab);
        var cpu = await CpuTime.OfAsync(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            var perTick = Hosts / (int)(Period.TotalMilliseconds / 100) + 1;
            for (var next = 0; next < Hosts; next += perTick)
            {
                await timer.WaitForNextTickAsync();
                for (var i = next; i < Math.Min(next + perTick, Hosts); i++)
                {
                    await ReceiveAsync(lab, i, bodies[i]);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
        });
        report.AtMost(Section, "1,000 hosts × 20 deckies, nothing new, evenly over 30 s", cpu.TotalSeconds, 2, " s CPU");
        report.Add(Section, "the body of a report", string.Create(CultureInfo.InvariantCulture, $"{bodies[0].Length / 1024.0:0.0} KiB"));
    }

    /// <summary>One decky of each host falls.</summary>
    async Task ChangedAsync(SwarmLab lab)
    {
        var whole = lab.Hosts.Reported.Select(deckies => deckies[0]).ToArray();
        for (var i = 0; i < Hosts; i++)
        {
            lab.Hosts.Reported[i][0] = whole[i] with { State = DeckyState.Failed, Reason = "ssh exited with code 1" };
        }

        var cpu = await CpuTime.OfAsync(() => AllAsync(lab, _ => Task.CompletedTask));
        report.Add(Section, "as many reports, each with one decky that has failed", Text(cpu));
        var failed = (await lab.Store.ListDeckiesAsync()).Count(row => row is { State: DeckyState.Failed, Reason: "ssh exited with code 1" });
        report.Must(Section, "rows that say so", string.Create(CultureInfo.InvariantCulture, $"{failed}"), "1000", failed == Hosts);
    }

    static async Task AllAsync(SwarmLab lab, Func<int, Task> before)
    {
        var bodies = Bodies(lab);
        for (var i = 0; i < Hosts; i++)
        {
            await before(i);
            await ReceiveAsync(lab, i, bodies[i]);
        }
    }

    static byte[][] Bodies(SwarmLab lab) =>
        [.. Enumerable.Range(0, Hosts).Select(i => JsonSerializer.SerializeToUtf8Bytes(lab.Hosts.NextReport(i), SwarmJsonContext.Default.HostReport))];

    static Task ReceiveAsync(SwarmLab lab, int host, byte[] body) =>
        lab.Ledger.ReceiveAsync(lab.Hosts.Ids[host], JsonSerializer.Deserialize(body, SwarmJsonContext.Default.HostReport)!);

    static Task TellAsync(SwarmLab lab, int number) => lab.Store.CommitAsync(
        [new StateChange.Announce { Events = [new EventDraft("system.log", "log", string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{number}}}"""))] }],
        TimeProvider.System.GetUtcNow());

    static string Text(TimeSpan cpu) => Report.Number(cpu.TotalSeconds) + " s CPU";
}
