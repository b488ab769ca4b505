namespace Decnet.SwarmTimings.Https;

using System.Globalization;
using Decnet.EngineTimings;

/// <summary>How long the answer of an agent takes to the order to deploy fifty deckies, over HTTPS.</summary>
internal sealed class AcceptanceSection(Report report)
{
    const string Section = "acceptance over HTTPS";
    const int Deckies = 50;
    const int Rounds = 25;

    /// <summary>What the just-in-time compiler does is done once.</summary>
    const int WarmUps = 15;

    internal async Task RunAsync()
    {
        await using var pair = await MasterAndAgent.StartAsync(Deckies);
        var (warm, cold, ends) = (new Sample(), new Sample(), new Sample());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            // By turns, so that what else the machine does meets both.
            await DeployAsync(pair, isCold: false, round < 0 ? new Sample() : warm, round < 0 ? null : ends);
            await DeployAsync(pair, isCold: true, round < 0 ? new Sample() : cold, round < 0 ? null : ends);
        }

        Add(warm, "over a connection that is kept");
        Add(cold, "over a new connection");
        report.AtMost(
            Section, string.Create(CultureInfo.InvariantCulture, $"completed_at in the agent's store → ended in the master's, p95 of these {ends.Count} operations"),
            ends.Percentile(0.95), 250, " ms", "0.0");
        report.Add(Section, "the same, p50 and max", $"{Report.Number(ends.Median, "0.0")} ms, {Report.Number(ends.Max, "0.0")} ms");
    }

    static async Task DeployAsync(MasterAndAgent pair, bool isCold, Sample times, Sample? ends)
    {
        var command = await pair.BeginDeployAsync(pair.Fleet.Deckies);
        using var fresh = isCold ? pair.NewClient() : null;
        await times.TimeAsync(() => pair.DeployAsync(fresh ?? pair.Client, command));
        await pair.EndAsync([.. command.Orders.Select(order => order.OperationId)], ends);
        await pair.TeardownAsync(pair.Fleet.Deckies);
    }

    void Add(Sample times, string how)
    {
        report.AtMost(
            Section, string.Create(CultureInfo.InvariantCulture, $"order of {Deckies} deckies sent → 202 answered, {how}, p95 of {times.Count}"), times.Percentile(0.95), 100, " ms", "0.0");
        report.Add(Section, $"the same, {how}, p50 and max", $"{Report.Number(times.Median, "0.0")} ms, {Report.Number(times.Max, "0.0")} ms");
    }
}
