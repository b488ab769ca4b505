namespace Decnet.Simulation.Tests.Killing;

using System.Globalization;

/// <summary>One or two processes that make passes on one folder, killed at random moments, and what they acknowledged before.</summary>
sealed class PassRound
{
    const double LongestLife = 150;

    readonly List<PassVictim> victims;
    readonly List<string> failures = [];

    PassRound(List<PassVictim> victims, string description)
    {
        this.victims = victims;
        Description = description;
    }

    public string Description { get; }

    /// <summary>How processes ended that neither died of a kill nor ended well.</summary>
    public string Failure => string.Join("; ", failures);

    public int Kills { get; private set; }

    public int Passes => victims.Sum(victim => victim.Passes);

    public long Sequence => victims.Max(victim => victim.Sequence);

    public long Generation => victims.Max(victim => victim.Generation);

    public bool AtOnce { get; private init; }

    public bool IsPair => victims.Count > 1;

    public bool HasSurvivor { get; private init; }

    public static async Task<PassRound> RunAsync(string folder, Random random)
    {
        var pair = random.Next(3) == 0;
        int? survives = pair && random.Next(3) == 0 ? random.Next(3, 12) : null;
        var acknowledged = random.Next(4);
        var delay = random.Next(4) == 0 && acknowledged > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1 + (random.NextDouble() * (LongestLife - 1)));
        var second = TimeSpan.FromMilliseconds(random.NextDouble() * 20);
        List<PassVictim> victims = [PassVictim.Start(folder, random.Next())];
        if (pair)
        {
            victims.Add(PassVictim.Start(folder, random.Next(), survives));
        }

        var round = new PassRound(victims, string.Create(
            CultureInfo.InvariantCulture,
            $"{(pair ? survives is null ? "two processes" : "one of two processes" : "one process")}, {delay.TotalMilliseconds:F1} ms after {acknowledged} acknowledgements"))
        {
            AtOnce = delay == TimeSpan.Zero,
            HasSurvivor = survives is not null,
        };
        try
        {
            await Task.WhenAll(victims.Select(victim => victim.AwaitAsync(victim == victims[0] ? acknowledged : 0)));
            await Task.Delay(delay);
            await round.KillAsync(victims[0]);
            if (survives is null && pair)
            {
                await Task.Delay(second);
                await round.KillAsync(victims[1]);
            }
            else if (pair)
            {
                round.Note(await victims[1].EndAsync());
            }
        }
        finally
        {
            victims.ForEach(victim => victim.Dispose());
        }

        return round;
    }

    async Task KillAsync(PassVictim victim)
    {
        Note(await victim.KillAsync());
        Kills++;
    }

    void Note(string? failure)
    {
        if (failure is not null)
        {
            failures.Add(failure);
        }
    }
}
