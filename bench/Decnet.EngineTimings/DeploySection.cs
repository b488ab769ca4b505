namespace Decnet.EngineTimings;

/// <summary>How long a fleet takes to come up: by a pass, by Compose, and by nothing but the calls that it takes.</summary>
internal sealed class DeploySection(string endpoint, BareEngine bare, Report report, int rounds)
{
    const string Name = "deploy";
    static readonly int[] Parallelisms = [2, 4, 8];

    internal async Task RunAsync()
    {
        var version = await ComposeDeployment.VersionAsync(endpoint);
        await CompareAsync(10, rounds * 2, version);
        await CompareAsync(50, rounds, version);
    }

    async Task CompareAsync(int deckies, int times, string version)
    {
        var recorded = await RecordedDeployment.RecordAsync(endpoint, bare, deckies);
        await bare.CleanAsync();
        var compose = new Sample();
        var ours = Parallelisms.ToDictionary(parallelism => parallelism, _ => new Sample());
        var calls = Parallelisms.ToDictionary(parallelism => parallelism, _ => new Sample());
        var folder = Directory.CreateTempSubdirectory("decnet-compose-");
        try
        {
            var file = Path.Combine(folder.FullName, "compose.yml");
            await File.WriteAllTextAsync(file, ComposeFile.Of(recorded));
            for (var round = 0; round < times; round++)
            {
                await RunAsync(deckies, compose, () => ComposeDeployment.RunAsync(endpoint, file));
                foreach (var parallelism in Parallelisms)
                {
                    // Those that are compared with each other run one after the other, and take turns at being first.
                    var pair = new List<Func<Task>>
                    {
                        () => RunOursAsync(deckies, parallelism, ours[parallelism]),
                        () => RunAsync(deckies, calls[parallelism], () => BareDeployment.RunAsync(bare, recorded, parallelism)),
                    };
                    await pair[round % 2]();
                    await pair[1 - (round % 2)]();
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Tell(deckies, times, version, compose, ours, calls);
        await ProfileAsync(deckies);
    }

    void Tell(int deckies, int times, string version, Sample compose, Dictionary<int, Sample> ours, Dictionary<int, Sample> calls)
    {
        var of = $"{deckies} deckies, {deckies * LabFleets.ContainersEach} containers, median of {times}";
        report.Add(Name, $"docker-compose {version} up -d, {of}", compose.ToString());
        foreach (var parallelism in Parallelisms)
        {
            var isDefault = parallelism == Lab.DefaultParallelism;
            var way = $"{parallelism} deckies at a time{(isDefault ? " (the default)" : "")}, {of}";
            var faster = compose.Median / ours[parallelism].Median;
            var share = ours[parallelism].MedianRatioTo(calls[parallelism]);
            report.Add(Name, $"pass and bare calls, {way}", $"{ours[parallelism]}, {calls[parallelism]}");
            if (isDefault)
            {
                report.Must(Name, $"docker-compose ÷ pass, {way}", Report.Number(faster) + " ×", "> 1 ×", faster > 1);
                report.AtMost(Name, $"pass ÷ bare calls, {way}", share, 1.15, " ×");
            }
            else
            {
                report.Add(Name, $"docker-compose ÷ pass, {way}", Report.Number(faster) + " ×");
                report.Add(Name, $"pass ÷ bare calls, {way}", Report.Number(share) + " ×");
            }
        }
    }

    async Task RunOursAsync(int deckies, int parallelism, Sample sample)
    {
        await using var lab = await Lab.OpenAsync(endpoint, parallelism);
        await lab.File.SaveAsync(LabFleets.OnBridge(deckies));
        await RunAsync(deckies, sample, lab.PassAsync);
    }

    async Task RunAsync(int deckies, Sample sample, Func<Task> deploy)
    {
        await sample.TimeAsync(deploy);
        var running = (await bare.ListAsync()).Count(container => (string?)container["State"] == "running");
        if (running != deckies * LabFleets.ContainersEach)
        {
            throw new InvalidOperationException($"{running} containers run, not {deckies * LabFleets.ContainersEach}.");
        }

        await bare.CleanAsync();
    }

    async Task ProfileAsync(int deckies)
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        await lab.File.SaveAsync(LabFleets.OnBridge(deckies));
        var time = new Sample();
        var sent = await lab.Tally.DuringAsync(() => time.TimeAsync(lab.PassAsync));
        await bare.CleanAsync();
        report.Note($"Requests of a pass that deploys {deckies} deckies, {Lab.DefaultParallelism} at a time ({time} in all):\n\n{RequestTable.Of(sent)}");
    }
}
