namespace Decnet.Engine.Tests.Decnetd;

using System.Diagnostics;
using System.Globalization;
using Decnet.Engine.Tests.Killing;
using Xunit;

/// <summary>
/// Goes through the life of a fleet again and again: it is deployed, replaced by a changed one and torn down. Each command is
/// killed at a moment of the time that it takes, and given again.
/// </summary>
sealed class CommandCampaign(DecnetdLab lab, int seed, int rounds)
{
    const int Deckies = 20;

    static readonly string[] Kinds = ["deploy", "replace", "teardown"];

    readonly Dictionary<string, TimeSpan> lengths = [];
    int killed;
    int halfDone;
    int kept;

    /// <exception cref="DeployCampaignException">Something was not as it should be; the message says how to repeat it.</exception>
    internal async Task RunAsync()
    {
        for (var round = 0; round <= rounds; round++)
        {
            var random = new Random(unchecked((seed * 397) ^ round));
            foreach (var kind in Kinds)
            {
                // The first round shows how long each command takes.
                TimeSpan? moment = round == 0 ? null : lengths[kind] * random.NextDouble();
                try
                {
                    await CommandAsync(kind, moment);
                }
                catch (Exception error)
                {
                    throw new DeployCampaignException(string.Create(
                        CultureInfo.InvariantCulture, $"DECNET_SEED={seed}, round {round}, {kind} killed after {moment?.TotalMilliseconds:F0} ms: {error.Message}"), error);
                }
            }
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}, {killed} of {rounds * Kinds.Length} in time ({string.Join(", ", Kinds.Select(kind => $"{kind} takes {lengths[kind].TotalSeconds:F1} s"))}), {halfDone} left something to do, {kept} deckies were left alone");

    async Task CommandAsync(string kind, TimeSpan? moment)
    {
        string[] words = kind switch
        {
            "deploy" => ["deploy", lab.Ini(First)],
            "replace" => ["deploy", lab.Ini(Second), "--replace"],
            _ => ["teardown", "--all", "--yes"],
        };
        var before = await lab.Engine.ContainersAsync();
        var started = Stopwatch.GetTimestamp();
        if (moment is { } wait)
        {
            await KillAsync(words, wait);
        }

        var left = await lab.Engine.ContainersAsync();
        await lab.DoAsync(words);
        if (moment is null)
        {
            lengths[kind] = Stopwatch.GetElapsedTime(started);
        }

        if (kind == "teardown")
        {
            halfDone += left.Count > 0 && moment is not null ? 1 : 0;
            await LabVerdict.NothingIsLeftAsync(lab);
            return;
        }

        await LabVerdict.AllRunAsync(lab, kind == "deploy" ? FirstNames : SecondNames);
        var after = await lab.Engine.ContainersAsync();
        CheckLeftAlone(left, after);
        if (kind == "replace")
        {
            Assert.Equal(Of(before, "same"), Of(after, "same"));
        }
    }

    async Task KillAsync(string[] words, TimeSpan moment)
    {
        using var process = lab.Start(words);
        var end = process.EndAsync();
        await Task.WhenAny(end, Task.Delay(moment));
        process.Kill();
        var result = await end;
        Assert.True(result.ExitCode is 0 or DecnetdProcess.KilledExitCode, $"it ended with {result.ExitCode}: {result.Errors}");
        killed += result.ExitCode == 0 ? 0 : 1;
    }

    /// <summary>Deckies that were whole already kept their containers, and these were not started anew.</summary>
    void CheckLeftAlone(IReadOnlyList<RealContainer> left, IReadOnlyList<RealContainer> after)
    {
        var wholes = 0;
        foreach (var decky in after.Where(container => container.Joined is null))
        {
            var wanted = Of(after, decky.Name);
            var had = Of(left, decky.Name);
            var wasWhole = had.Select(Shape).SequenceEqual(wanted.Select(Shape))
                && had.All(container => container.Joined is null || container.Joined == had[0].Id);
            if (wasWhole)
            {
                Assert.Equal(had, wanted);
                wholes++;
            }
        }

        kept += wholes;
        halfDone += wholes < after.Count(container => container.Joined is null) ? 1 : 0;
    }

    static (string, string?, string) Shape(RealContainer container) => (container.Name, container.Hash, container.Status);

    /// <summary>The containers whose names begin with a name, by name: the base before its services.</summary>
    static RealContainer[] Of(IReadOnlyList<RealContainer> containers, string name) =>
        [.. containers.Where(container => container.Name.StartsWith(name, StringComparison.Ordinal)).OrderBy(container => container.Name, StringComparer.Ordinal)];

    static string First => LabIni.Of(LabIni.Group("same", 8), LabIni.Group("other", 6, "ftp, smtp"), LabIni.Group("gone", Deckies - 14, "redis"));

    static IEnumerable<string> FirstNames => [.. LabIni.Names("same", 8), .. LabIni.Names("other", 6), .. LabIni.Names("gone", Deckies - 14)];

    static string Second => LabIni.Of(LabIni.Group("same", 8), LabIni.Group("other", 6, "ftp, telnet"), LabIni.Group("new", Deckies - 14, "pop3"));

    static IEnumerable<string> SecondNames => [.. LabIni.Names("same", 8), .. LabIni.Names("other", 6), .. LabIni.Names("new", Deckies - 14)];
}
