namespace Decnet.SwarmTimings.Https;

using System.Diagnostics;
using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Pki;

/// <summary>
/// The hosts of a master, in a process of their own: each has its certificate, its client and its connection. It reads a line for
/// each round of reports, and answers with a line how that went; it ends with its input.
/// </summary>
internal sealed class HostsProgram : IDisposable
{
    /// <summary>The first argument of such a process.</summary>
    internal const string Word = "hosts";

    const int AtOnce = 8;

    readonly SimulatedHosts hosts;
    readonly HostPki[] trust;
    readonly MasterClient[] kept;
    readonly long[] beatenAt;
    readonly int port;

    HostsProgram(string folder, int port, int hosts, int deckies)
    {
        this.port = port;
        this.hosts = new SimulatedHosts(hosts, deckies);
        trust = [.. this.hosts.Ids.Select(host => HostPki.Open(HostCertificates.FolderOf(folder, host), TimeProvider.System))];
        kept = [.. trust.Select(Connect)];
        beatenAt = new long[hosts];
    }

    internal static string[] Arguments(string folder, int port, int hosts, int deckies) =>
        [Word, folder, port.ToString(CultureInfo.InvariantCulture), hosts.ToString(CultureInfo.InvariantCulture), deckies.ToString(CultureInfo.InvariantCulture)];

    internal static async Task<int> RunAsync(string[] arguments)
    {
        int Number(int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);
        using var program = new HostsProgram(arguments[1], Number(2), Number(3), Number(4));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var round = Enum.Parse<ReportRound>(line);
            Console.WriteLine((await program.ReportAsync(round)).ToLine());
        }

        return 0;
    }

    public void Dispose()
    {
        foreach (var client in kept)
        {
            client.Dispose();
        }
    }

    Task<RoundResult> ReportAsync(ReportRound round) => round switch
    {
        ReportRound.AtOnce => AllAsync(),
        ReportRound.Kept => PacedAsync(host => BeatAsync(host, kept[host])),
        _ => PacedAsync(async host =>
        {
            using var client = Connect(trust[host]);
            await BeatAsync(host, client);
        }),
    };

    async Task<RoundResult> AllAsync()
    {
        var result = new RoundResult();
        await Parallel.ForAsync(0, hosts.Ids.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (host, _) =>
            result.Count(await TryAsync(host, () => BeatAsync(host, kept[host]))));
        return result;
    }

    /// <summary>One report of each host, evenly over a period. Who is late does not keep others waiting.</summary>
    async Task<RoundResult> PacedAsync(Func<int, Task> beat)
    {
        var result = new RoundResult();
        var begin = Stopwatch.GetTimestamp();
        var beats = new Task[hosts.Ids.Length];
        for (var i = 0; i < beats.Length; i++)
        {
            var wait = (HttpsHeartbeatSection.Period * i / beats.Length) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            var host = i;
            result.Pause(beatenAt[host] == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(beatenAt[host]));
            beats[host] = Task.Run(async () => result.Count(await TryAsync(host, () => beat(host))));
        }

        await Task.WhenAll(beats);
        return result;
    }

    async Task<string?> TryAsync(int host, Func<Task> beat)
    {
        try
        {
            await beat();
            beatenAt[host] = Stopwatch.GetTimestamp();
            return null;
        }
        catch (DecnetException error)
        {
            return error.Message;
        }
    }

    async Task BeatAsync(int host, MasterClient client) => await client.ReportAsync(hosts.NextReport(host, trust[host].Current.Bundle.Version));

    MasterClient Connect(HostPki pki) => new("127.0.0.1", port, () => pki.Current, TimeProvider.System);
}
