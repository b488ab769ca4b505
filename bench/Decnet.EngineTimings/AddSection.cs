namespace Decnet.EngineTimings;

/// <summary>What happens to fifty deckies when one is added.</summary>
internal sealed class AddSection(string endpoint, BareEngine bare, Report report)
{
    const string Name = "add";
    const int Before = 50;

    internal async Task RunAsync()
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        await lab.DeployAsync(LabFleets.OnBridge(Before));
        var before = await LifeAsync();

        var time = new Sample();
        var sent = await lab.Tally.DuringAsync(() => time.TimeAsync(() => lab.DeployAsync(LabFleets.OnBridge(Before + 1))));
        var after = await LifeAsync();

        var touched = before.Count(old => !after.TryGetValue(old.Key, out var now) || now != old.Value);
        report.Must(Name, $"containers of {Before} deckies with another id or start time after one was added", $"{touched} of {before.Count}", "0", touched == 0);
        report.Must(Name, "new containers", $"{after.Count - before.Count}", $"{LabFleets.ContainersEach}", after.Count - before.Count == LabFleets.ContainersEach);
        report.Add(Name, "adding it: saving the file, and the pass", $"{time.Median:0} ms, {sent.Count} requests");
        report.Note($"Requests of adding one decky to {Before}:\n\n{RequestTable.Of(sent)}");
    }

    /// <summary>When each container started, and how often it had to, by its id.</summary>
    async Task<Dictionary<string, string>> LifeAsync()
    {
        var lives = new Dictionary<string, string>();
        foreach (var container in await bare.ListAsync())
        {
            var details = await bare.InspectAsync((string)container["Id"]!);
            lives[(string)details["Id"]!] = $"{details["State"]!["StartedAt"]} {details["RestartCount"]}";
        }

        return lives;
    }
}
