namespace Decnet.Engine.Tests.Killing;

using System.Diagnostics;
using System.Globalization;
using Decnet.Testing;
using Xunit;

/// <summary>
/// Deploys in a process that is killed at a moment of the time that the deploy takes, and lets a next one finish, again and
/// again. The moments of all kills together are spread evenly over the whole of a deploy.
/// </summary>
sealed class KillCampaign
{
    const int KilledExitCode = 128 + 9;

    static readonly DeployKind[] Kinds = Enum.GetValues<DeployKind>();

    readonly DeployGround ground;
    readonly int seed;
    readonly int kills;
    readonly int[] slots;
    readonly Dictionary<DeployKind, TimeSpan> lengths = [];
    readonly int[] killed = new int[Kinds.Length];
    int round;
    int halfDone;
    int late;

    public KillCampaign(DeployGround ground, int seed, int kills)
    {
        (this.ground, this.seed, this.kills) = (ground, seed, kills);
        slots = [.. Enumerable.Range(0, kills)];
        new Random(seed).Shuffle(slots);
    }

    /// <summary>Kills as often as wanted; what comes of it is judged each time.</summary>
    /// <exception cref="DeployCampaignException">Something was not as it should be; the message says how to repeat it.</exception>
    public async Task RunAsync()
    {
        foreach (var kind in Kinds)
        {
            await RoundAsync(kind, null);
        }

        for (var done = 0; done < kills;)
        {
            Assert.True(late <= kills, $"seed {seed}: {late} processes ended before they could be killed, and {done} were killed");
            var kind = KindOf(round);
            var fraction = (slots[done] + Random().NextDouble()) / kills;
            done += await RoundAsync(kind, lengths[kind] * fraction) ? 1 : 0;
        }

        // A kill that interrupts nothing would show nothing.
        Assert.True(halfDone > 0, $"seed {seed}: none of {kills} kills left anything half-done");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}, {killed.Sum()} kills ({string.Join(", ", Kinds.Select(kind => $"{kind} {killed[(int)kind]} of {lengths[kind].TotalMilliseconds:F0} ms"))}), {halfDone} left something half-done, {late} came too late");

    /// <summary>Deploys once, undisturbed when there is no moment at which to kill.</summary>
    /// <returns>Whether it was killed.</returns>
    async Task<bool> RoundAsync(DeployKind kind, TimeSpan? moment)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"DECNET_SEED={seed}, round {round} ({kind}, {(moment is { } m ? $"killed after {m.TotalMilliseconds:F1} ms" : "undisturbed")})");
        try
        {
            await ground.PrepareAsync(kind, Random());
            var (wasKilled, lasted) = await DeployAsync(moment);
            var verdict = await ground.JudgeAsync();
            Assert.True(moment is not null || verdict.Passes == 0, $"an undisturbed deploy left {verdict.Passes} passes to do");
            round++;
            Count(kind, wasKilled, moment is null, lasted, verdict);
            return wasKilled;
        }
        catch (Exception error)
        {
            throw new DeployCampaignException($"{at}: {error.Message}", error);
        }
    }

    async Task<(bool WasKilled, TimeSpan Lasted)> DeployAsync(TimeSpan? moment)
    {
        using var victim = await ground.StartAsync();
        var begun = Stopwatch.GetTimestamp();
        var end = victim.EndAsync();
        if (moment is { } wait)
        {
            await Task.WhenAny(end, Task.Delay(wait));
            victim.Kill();
        }

        var (exitCode, errors) = await end;
        Assert.True(errors.Length == 0 && exitCode is 0 or KilledExitCode, $"the process that deploys ended with {exitCode}: {errors}");
        Assert.True(moment is not null || exitCode == 0, $"the process that deploys was killed by somebody else");
        return (exitCode == KilledExitCode, Stopwatch.GetElapsedTime(begun));
    }

    void Count(DeployKind kind, bool wasKilled, bool isUndisturbed, TimeSpan lasted, DeployVerdict verdict)
    {
        if (!wasKilled)
        {
            lengths[kind] = lasted;
            late += isUndisturbed ? 0 : 1;
            return;
        }

        killed[(int)kind]++;
        halfDone += verdict.HalfDone ? 1 : 0;
    }

    /// <summary>Each kind as often as every other one, in an order that differs.</summary>
    DeployKind KindOf(int number)
    {
        var kinds = (DeployKind[])Kinds.Clone();
        new Random(unchecked((seed * 31) + (number / kinds.Length))).Shuffle(kinds);
        return kinds[number % kinds.Length];
    }

    /// <summary>The same for the same round of the same seed, whatever happened before.</summary>
    Random Random() => new(unchecked((seed * 397) ^ round));
}
