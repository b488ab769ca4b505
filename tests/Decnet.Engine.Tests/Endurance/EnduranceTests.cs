namespace Decnet.Engine.Tests.Endurance;

using Decnet.Engine.Tests.Killing;
using Decnet.Engine.Tests.Support;
using Decnet.Testing;
using Xunit;

/// <summary>What would fill up a process that runs for months.</summary>
public sealed class EnduranceTests(TestEngine engine, ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>In which measured things have come to their usual size: pools, caches and what is compiled late.</summary>
    const int WarmUpPasses = 300;

    const int WarmUpCuts = 60;
    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync() => await engine.CleanAsync();

    [EngineFact]
    public async Task Passes_over_a_converged_fleet_leak_and_write_nothing()
    {
        var passes = CampaignSettings.Size(1_000, 10_000);
        await using var run = await LongRun.StartAsync(engine.Endpoint, SmallFleet.Of(2, new Random(1)));
        await PassAsync(run, WarmUpPasses);
        var (sequence, rows, workerPasses) = (await run.Store.GetLastSequenceAsync(), await run.Store.ListDeckiesAsync(), run.WorkerPasses.Count);
        var files = FileTimes(run);
        var requests = run.Requests.Counts;

        var growth = await Growth.MeasureAsync(passes, some => PassAsync(run, some));

        Tell($"passes: {growth}");
        Assert.Equal(workerPasses, run.WorkerPasses.Count);
        Assert.Equal(
            requests.Select(count => (count.Key, count.Key == "GET /containers/json" ? count.Value + passes : count.Value)).Order(),
            run.Requests.Counts.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(sequence, await run.Store.GetLastSequenceAsync());
        Assert.Equal(rows, await run.Store.ListDeckiesAsync());
        Assert.Equal(files, FileTimes(run));
        growth.Check();
    }

    [EngineFact]
    public async Task Lost_connections_leak_nothing_and_the_watch_goes_on_after_each()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("proxy.sock");
        await using var proxy = new CuttingProxy(path, engine.Endpoint["unix://".Length..]);
        // Between attempts the watch waits up to ten seconds of its clock.
        await using var run = await LongRun.StartAsync($"unix://{path}", SmallFleet.Of(2, new Random(1)), new HastyClock(500));
        await CutAsync(run, proxy, WarmUpCuts);

        var growth = await Growth.MeasureAsync(CampaignSettings.Size(200, 2_000), some => CutAsync(run, proxy, some));

        Tell($"lost connections: {growth}");
        growth.Check();
        await CheckWatchAsync(run);
    }

    static async Task PassAsync(LongRun run, int passes)
    {
        for (var pass = 0; pass < passes; pass++)
        {
            var result = await run.PassAsync();
            Assert.True(result.IsConverged && result.Steps.Count == 0, $"pass {pass}: {result.Steps.Count} steps, {result.HoldReason}");
        }
    }

    /// <summary>Cuts all connections, and waits each time until the watch is there again and has woken the worker.</summary>
    static async Task CutAsync(LongRun run, CuttingProxy proxy, int cuts)
    {
        for (var cut = 0; cut < cuts; cut++)
        {
            var (watches, passes) = (run.Requests.Watches, run.WorkerPasses.Count);
            Assert.True(proxy.Cut() > 0, "there was nothing to cut, not even the watch");
            await Eventually.TrueAsync(() => Task.FromResult(run.Requests.Watches > watches && run.WorkerPasses.Count > passes));
            Assert.Equal(watches + 1, run.Requests.Watches);
        }

        await run.QuietAsync();
        await PassAsync(run, 1);
    }

    /// <summary>After all that, a container that ends still wakes the worker, which brings it back.</summary>
    async Task CheckWatchAsync(LongRun run)
    {
        var victim = (await run.Store.ListDeckiesAsync())[0].Name.Value;
        var started = await StartedAsync(victim);
        await engine.DockerCli("rm", "-f", victim);
        await Eventually.TrueAsync(async () => await StartedAsync(victim) is { } now && now != started, TimeSpan.FromSeconds(30));
    }

    async Task<string?> StartedAsync(string container) =>
        await engine.DockerCli("ps", "--no-trunc", "--filter", $"name=^/{container}$", "--filter", "status=running", "--format", "{{.ID}}") is { Length: > 0 } id
            ? id
            : null;

    static IEnumerable<(string Name, DateTime Written, long Length)> FileTimes(LongRun run) =>
        [.. new FileInfo(run.File.Path).Directory!.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal))
            .Select(file => (file.Name, file.LastWriteTimeUtc, file.Length)).Order()];

    void Tell(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
