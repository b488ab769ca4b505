namespace Decnet.Engine.Tests.Swarm;

using System.Globalization;
using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.Killing;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;

/// <summary>
/// Commands by chance, and to each of them, while it works, a misfortune by chance. Then all is mended, the command is given again until
/// it is done, and everything has to agree.
/// </summary>
sealed class SwarmCampaign(SwarmLab lab, int seed, int rounds)
{
    const int MostAttempts = 5;
    const int Names = 6;

    /// <summary>A misfortune comes within this time of a command's start, in which most of them are at their work.</summary>
    static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    // What a killed command has not handed over to a host stays open for a minute: too long for every run.
    static readonly string[] Misfortunes = [.. Enumerable.Repeat("command", CampaignSettings.Size(0, 1)), "nothing", "loss", "resets", "cut", "agent", "master", "line"];
    static readonly string[] Services = ["ssh", "http", "ssh,http", "ssh,ftp"];

    readonly SortedDictionary<string, LabHost> fleet = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, int> met = new(StringComparer.Ordinal);
    int again;

    /// <exception cref="DeployCampaignException">Something was not as it should be; the message says how to repeat it.</exception>
    internal async Task RunAsync()
    {
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(unchecked((seed * 397) ^ round));
            var misfortune = Misfortunes[random.Next(Misfortunes.Length)];
            var (words, outcome) = Command(random);
            try
            {
                await RoundAsync(words, misfortune, random);
                outcome();
                await SwarmVerdict.AgreeAsync(lab, [.. fleet.Select(place => (place.Key, place.Value))]);
            }
            catch (Exception error)
            {
                throw new DeployCampaignException(
                    string.Create(CultureInfo.InvariantCulture, $"DECNET_SEED={seed}, round {round}, {string.Join(' ', words)}, {misfortune}: {error.Message}"), error);
            }
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}, {rounds} commands ({string.Join(", ", met.Select(entry => $"{entry.Key} {entry.Value}"))}), {again} given again");

    /// <summary>A command that is possible now, and what the fleet is when it is done.</summary>
    (string[] Words, Action Outcome) Command(Random random)
    {
        var name = fleet.Count == 0 ? "" : fleet.Keys.ElementAt(random.Next(fleet.Count));
        switch (random.Next(fleet.Count == 0 ? 2 : 4))
        {
            case 2:
                return (["mutate", name, "--service", Services[random.Next(Services.Length)]], () => { });
            case 3:
                return (["teardown", name], () => fleet.Remove(name));
            default:
                var places = Enumerable.Range(1, Names).Where(_ => random.Next(3) > 0).Select(number => (Name: $"d-{number}", Host: lab.Network.All[number % lab.Network.All.Count]))
                    .DefaultIfEmpty((Name: "d-1", Host: lab.Network.All[1])).ToArray();
                var ini = lab.Ini([.. places.Select(place => LabIni.Decky(place.Name, "ssh"))]);
                return (["deploy", ini, "--replace", .. SwarmLab.Places(places)], () =>
                {
                    fleet.Clear();
                    Array.ForEach(places, place => fleet.Add(place.Name, place.Host));
                });
        }
    }

    async Task RoundAsync(string[] words, string misfortune, Random random)
    {
        met[misfortune] = met.GetValueOrDefault(misfortune) + 1;
        var host = lab.Hosts[random.Next(lab.Hosts.Count)];
        CommandResult result;
        using (var program = lab.Master.Start(words))
        {
            var end = program.EndAsync();
            await Task.WhenAny(end, Task.Delay(Length * random.NextDouble()));
            var mend = await HarmAsync(misfortune, host, program, random);
            await Task.WhenAny(end, Task.Delay(Length * random.NextDouble()));
            await mend();
            result = await end;
        }

        for (var attempt = 1; result.ExitCode != 0 && !IsGone(words, result); attempt++)
        {
            if (attempt > MostAttempts)
            {
                throw new InvalidOperationException($"it ended with {result.ExitCode}: {result.Errors}\n{result.Output}\n{lab.Logs}");
            }

            again++;
            await lab.AreActiveAsync([.. lab.Hosts]);
            await SwarmVerdict.NothingIsOpenAsync(lab);
            result = await lab.Master.RunAsync(words);
        }
    }

    /// <summary>A teardown that was done in spite of what came between is refused when it is asked for again.</summary>
    static bool IsGone(string[] words, CommandResult result) => words[0] == "teardown" && result.ExitCode == 2;

    /// <returns>What puts it right again.</returns>
    async Task<Func<Task>> HarmAsync(string misfortune, LabHost host, DecnetdProcess command, Random random)
    {
        switch (misfortune)
        {
            case "loss":
                host.Lose(0.2);
                return Healing(host);
            case "resets":
                host.Reset(0.1);
                return Healing(host);
            case "cut":
                host.Cut();
                return () =>
                {
                    host.Join();
                    return Task.CompletedTask;
                };
            case "agent":
                await lab.KillAgentAsync(host);
                return () => lab.StartAgentAsync(host);
            case "master":
                await lab.KillMasterAsync();
                return () => lab.StartMasterAsync();
            case "command":
                command.Kill();
                return () => Task.CompletedTask;
            case "line":
                return BadLine(host, random);
            default:
                return () => Task.CompletedTask;
        }
    }

    /// <summary>New connections of the host to the master are slow, answers are held back, and at last all of them are cut.</summary>
    Func<Task> BadLine(LabHost host, Random random)
    {
        var line = lab.Network.Between(host, lab.Master, SwarmLab.MasterPort);
        var delays = new Random(random.Next());
        line.Delay = () => TimeSpan.FromMilliseconds(delays.Next(100));
        line.HoldAnswers();
        return () =>
        {
            host.Heal();
            line.Cut();
            line.Release();
            return Task.CompletedTask;
        };
    }

    static Func<Task> Healing(LabHost host) => () =>
    {
        host.Heal();
        return Task.CompletedTask;
    };
}
