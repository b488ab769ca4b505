namespace Decnet.Simulation.Tests.Killing;

using System.Globalization;

/// <summary>What a campaign did and found, in numbers.</summary>
sealed class PassCampaignFigures
{
    readonly SortedDictionary<int, int> passesNeeded = [];
    int atOnce;
    int pairs;
    int survivors;
    int halfDone;
    int unacknowledged;
    long events;

    public int Kills { get; private set; }

    public int Passes { get; private set; }

    /// <summary>Counts a round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="verdict">What was found after it.</param>
    /// <param name="committed">How many events its processes committed.</param>
    public void Add(PassRound round, PassVerdict verdict, long committed)
    {
        Kills += round.Kills;
        Passes += round.Passes;
        atOnce += round.AtOnce ? 1 : 0;
        pairs += round.IsPair ? 1 : 0;
        survivors += round.HasSurvivor ? 1 : 0;
        halfDone += verdict.HalfDone ? 1 : 0;
        unacknowledged += verdict.Generation > round.Generation || verdict.Found > round.Sequence ? 1 : 0;
        events += committed;
        passesNeeded[verdict.Passes] = passesNeeded.GetValueOrDefault(verdict.Passes) + 1;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills ({atOnce} at once after an acknowledgement; {pairs} times two processes, {survivors} times one of them survived), "
        + $"{Passes} passes acknowledged, {events} events, {unacknowledged} times more was durable than acknowledged, "
        + $"{halfDone} times a replacement was half-done, passes to converge again: {string.Join(", ", passesNeeded.Select(needed => $"{needed.Key} ({needed.Value} times)"))}");
}
