namespace Decnet.SwarmTimings.Https;

using System.Globalization;
using Decnet.EngineTimings;

/// <summary>How long after work has ended at a host its master knows, over HTTPS, with the store and the reports of a real agent.</summary>
internal sealed class HttpsLatencySection(Report report)
{
    const string Section = "latency over HTTPS";
    const int Rounds = 120;

    /// <summary>What the just-in-time compiler does is done once.</summary>
    const int WarmUps = 10;

    internal async Task RunAsync()
    {
        await using var pair = await MasterAndAgent.StartAsync(Rounds + WarmUps);
        var times = new Sample();
        for (var round = 0; round < Rounds + WarmUps; round++)
        {
            var command = await pair.BeginDeployAsync([pair.Fleet.Deckies[round]]);
            await pair.DeployAsync(pair.Client, command);
            await pair.EndAsync([command.Orders[0].OperationId], round < WarmUps ? null : times);
        }

        report.AtMost(
            Section, string.Create(CultureInfo.InvariantCulture, $"completed_at in the agent's store → ended in the master's, p95 of {Rounds} deployments, one at a time"),
            times.Percentile(0.95), 250, " ms", "0.0");
        report.Add(Section, "the same, p50 and max", $"{Report.Number(times.Median, "0.0")} ms, {Report.Number(times.Max, "0.0")} ms");
    }
}
