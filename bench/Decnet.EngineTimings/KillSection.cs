namespace Decnet.EngineTimings;

using System.Diagnostics;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>How long it takes from the death of a container to the row that says so, and to the container running again.</summary>
internal sealed class KillSection(string endpoint, BareEngine bare, Report report, int kills)
{
    const string Name = "kill";
    const int Deckies = 50;

    /// <summary>Between two kills: longer than the quiet time of the worker.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal async Task RunAsync()
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        var fleet = LabFleets.OnBridge(Math.Min(Deckies, kills));
        await lab.DeployAsync(fleet);

        var answers = new Sample();
        var seen = await WithWorkerAsync(lab, RepairMode.Off, () => KillAsync(lab, fleet, DeckyState.Degraded, answers));
        report.AtMost(Name, $"kill → row says degraded, p95 of {seen.Count}", seen.Percentile(0.95), 250, " ms", "0");
        report.Add(Name, "the same, p50 and max", $"{seen.Median:0} ms, {seen.Max:0} ms");
        report.Add(Name, "of it the engine's own: kill → its answer, p50, p95 and max", $"{answers.Median:0} ms, {answers.Percentile(0.95):0} ms, {answers.Max:0} ms");

        var healed = await WithWorkerAsync(lab, RepairMode.Recreate, () => KillAsync(lab, fleet, DeckyState.Running, null));
        report.Add(Name, $"kill → container repaired and row says running, p95 of {healed.Count}", $"{healed.Percentile(0.95):0} ms");
        report.Add(Name, "the same, p50 and max", $"{healed.Median:0} ms, {healed.Max:0} ms");
    }

    static async Task<Sample> WithWorkerAsync(Lab lab, RepairMode mode, Func<Task<Sample>> work)
    {
        using var stop = new CancellationTokenSource();
        var options = new ReconcilerWorkerOptions { Pass = new ReconcileOptions { Repair = mode } };
        var running = new ReconcilerWorker(lab.Reconciler, lab.File, lab.Runtime, lab.Store, lab.Store, HostId.Local, options).RunAsync(stop.Token);
        try
        {
            await Task.Delay(Pause * 2);
            return await work();
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    /// <summary>Kills the first service of one decky after the other.</summary>
    /// <param name="lab">The fleet's store.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="until">The state that ends the time.</param>
    /// <param name="answers">
    /// Gets how long the engine took to answer, when containers are started again from here. Null when the worker repairs them: then each
    /// decky is killed once, since a second repair would wait.
    /// </param>
    async Task<Sample> KillAsync(Lab lab, Fleet fleet, DeckyState until, Sample? answers)
    {
        var restart = answers is not null;
        var ids = (await bare.ListAsync()).ToDictionary(item => ((string)item["Names"]![0]!).TrimStart('/'), item => (string)item["Id"]!);
        var sample = new Sample();
        for (var i = 0; i < (restart ? kills : fleet.Deckies.Count); i++)
        {
            var decky = fleet.Deckies[i % fleet.Deckies.Count];
            var id = ids[ContainerNames.Service(decky.Name, decky.Services[0])];
            var told = FollowAsync(lab, decky, until);
            var started = Stopwatch.GetTimestamp();
            var killing = (answers ?? new Sample()).TimeAsync(() => bare.KillAsync(id));
            sample.Add(Stopwatch.GetElapsedTime(started, await told));
            await killing;
            if (restart)
            {
                told = FollowAsync(lab, decky, DeckyState.Running);
                await bare.StartAsync(id);
                await told;
            }

            if ((string?)(await bare.InspectAsync(id))["State"]!["Status"] != "running")
            {
                throw new InvalidOperationException($"{decky.Name} does not run again.");
            }

            await Task.Delay(Pause);
        }

        return sample;
    }

    /// <summary>Waits for the event of a state, and reads the row.</summary>
    /// <returns>When the row had been read, by the stopwatch.</returns>
    static Task<long> FollowAsync(Lab lab, Decky decky, DeckyState state)
    {
        var cancel = new CancellationTokenSource(Patience);

        // The position in the log is fixed by this call, before anything is killed.
        var events = lab.Store.FollowAsync(null, TopicPattern.Parse(Topic.DeckyState(HostId.Local, decky.Name)), cancel.Token);
        return ReadAsync();

        async Task<long> ReadAsync()
        {
            using (cancel)
            {
                await foreach (var item in events)
                {
                    if (!string.Equals(item.ParsePayload().GetProperty("state").GetString(), state.ToString(), StringComparison.OrdinalIgnoreCase))
                    {
                        continue;
                    }

                    var row = (await lab.Store.ListDeckiesAsync(HostId.Local)).Single(row => row.Name == decky.Name);
                    if (row.State == state)
                    {
                        return Stopwatch.GetTimestamp();
                    }
                }
            }

            throw new InvalidOperationException("The log ended.");
        }
    }
}
