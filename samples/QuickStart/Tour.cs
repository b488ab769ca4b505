namespace QuickStart;

using System.Diagnostics;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>
/// The main job from end to end: builds a fleet, brings it up, breaks it, and lets the reconciler bring the fleet file, the
/// database and the containers in line again. File and database are real; the containers are those of the <paramref name="stage"/>.
/// </summary>
internal sealed class Tour(Fleet fleet, FleetFile file, SqliteStateStore store, IStage stage, Reconciler reconciler, bool keep)
{
    static readonly ReconcileOptions Recreate = new() { Repair = RepairMode.Recreate };

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task RunAsync(Arguments arguments)
    {
        var ini = arguments.Ini is { } path ? FleetIniParser.Load(path) : FleetIniParser.Parse(EmbeddedLab());
        var options = new FleetIniOptions { Seed = arguments.Seed, Driver = arguments.Docker ? NetworkDriver.Bridge : null };
        var built = new FleetBuilder().TryBuild(ini, options);
        var fleet = built.GetFleet();
        foreach (var warning in built.Warnings)
        {
            Console.WriteLine($"   {warning}");
        }

        var folder = new StateFolder(arguments.Keep ?? Directory.CreateTempSubdirectory("decnet-quickstart-").FullName);
        try
        {
            await using var store = await SqliteStateStore.OpenAsync(folder.Database);
            var file = new FleetFile(folder.FleetFile);
            await using IStage stage = arguments.Docker ? await DockerStage.OpenAsync() : new SimulatedStage();
            using var reconciler = new Reconciler(file, store, stage.Runtime, stage.Options, random: new Random(arguments.Seed));
            await new Tour(fleet, file, store, stage, reconciler, arguments.Keep is not null).RunAsync();
        }
        finally
        {
            if (arguments.Keep is null)
            {
                Directory.Delete(folder.Path, recursive: true);
            }
        }
    }

    async Task RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        ShowBuilt();
        try
        {
            await DeployAsync();
            await BreakAsync();
            await HealByWorkerAsync();
            await LoseFileAsync();
            await EndAsync();
        }
        catch when (!keep)
        {
            await stage.ClearAsync();
            throw;
        }

        var description = await store.DescribeAsync();
        var events = await store.GetLastSequenceAsync();
        Console.WriteLine(
            $"Done in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s on {description.Engine}; {events} events in the log.");
    }

    void ShowBuilt()
    {
        Table.Title(1, $"Built: {fleet.Deckies.Count} decoys in {fleet.Subnet}");
        Table.Print(
            ["name", "address", "services", "looks like", "host name", "MAC address"],
            fleet.Deckies.Select(decky => (string?[])
            [
                decky.Name, decky.IPAddress.ToString(), decky.Services.ToString(), decky.NmapOs, decky.Hostname, decky.MacAddress?.ToString(),
            ]));
    }

    async Task DeployAsync()
    {
        var saved = await file.SaveAsync(fleet);
        var result = await reconciler.ReconcileAsync(Recreate);
        Table.Title(2, $"Deployed: generation {saved.Generation} of {Path.GetFileName(file.Path)}, {await CountAsync()} containers, {result.Inserted} rows");
        await ShowRowsAsync();
        await stage.ShowAsync(fleet);
    }

    async Task BreakAsync()
    {
        Table.Title(3, "Drift injected");
        var decky = fleet.Deckies[0];
        var last = fleet.Deckies[^1];
        var service = Service(decky, 0);
        var lost = Service(fleet.Deckies[fleet.Deckies.Count / 2], 0);
        await stage.KillAsync(service);
        await stage.KillAsync(last.Name);
        await stage.RemoveAsync(lost);
        Console.WriteLine($"   killed    {service}\n   killed    {last.Name}, the base of a decoy\n   removed   {lost}\n");

        var plan = await reconciler.PlanAsync(Recreate);
        Table.Title(4, "Plan (nothing is changed by making it)");
        Table.Print(
            ["action", "what", "reason"],
            plan.Steps.Select(step => (string?[])[step.Action.ToString(), step.Container ?? step.DeckyName, step.Reason]));

        var result = await reconciler.ApplyAsync(plan);
        Table.Title(5, $"Converged: {result.StateUpdated} states recorded, {result.Repaired} decoys repaired in {result.Duration.TotalMilliseconds:0} ms");
        await ShowRowsAsync();
    }

    async Task HealByWorkerAsync()
    {
        Table.Title(6, "The worker heals by itself");
        var passes = new RepairWatch();
        var options = new ReconcilerWorkerOptions { Pass = Recreate, Passes = passes };
        using var stop = new CancellationTokenSource();
        var running = new ReconcilerWorker(reconciler, file, stage.Runtime, store, store, HostId.Local, options).RunAsync(stop.Token);
        await passes.FirstPass.WaitAsync(Patience);
        var service = Service(fleet.Deckies[1 % fleet.Deckies.Count], 0);
        var crashed = Stopwatch.GetTimestamp();
        await stage.RemoveAsync(service);
        await passes.Repair.WaitAsync(Patience);
        Console.WriteLine($"   removed   {service}; it was back {Stopwatch.GetElapsedTime(crashed).TotalMilliseconds:0} ms later\n");
        await stop.CancelAsync();
        await running;
    }

    async Task LoseFileAsync()
    {
        var copy = await File.ReadAllBytesAsync(file.Path);
        File.Delete(file.Path);
        var held = await reconciler.ReconcileAsync(Recreate);
        var rows = await store.ListDeckiesAsync(HostId.Local);
        Table.Title(7, $"Fleet file deleted: the pass is held, {held.Deleted} of {rows.Count} rows deleted, {await CountAsync()} containers still there");
        Console.WriteLine($"   {held.HoldReason}\n");

        await File.WriteAllBytesAsync(file.Path, copy);
        var result = await reconciler.ReconcileAsync(Recreate);
        Table.Title(8, $"Restored from a copy: {(result.IsConverged ? "converged, nothing to do" : "not converged")}");
    }

    async Task EndAsync()
    {
        if (keep && stage.CanKeep)
        {
            Table.Title(9, $"Kept: {await CountAsync()} containers, and the fleet file {file.Path}");
            return;
        }

        await file.SaveAsync(fleet with { Deckies = [] });
        var result = await reconciler.ReconcileAsync(Recreate with { RemoveStrays = true });
        await stage.ClearAsync();
        Table.Title(9, $"Torn down: {result.Deleted} rows deleted, {await CountAsync()} containers left");
    }

    async Task<int> CountAsync() =>
        await stage.Runtime.ObserveAsync() is ObservedState.Known { Containers: var containers } ? containers.Count : 0;

    async Task ShowRowsAsync() => Table.Print(
        ["name", "state", "address", "services", "reason"],
        (await store.ListDeckiesAsync(HostId.Local)).Select(row => (string?[])
        [
            row.Name, row.State.ToString(), row.IPAddress.ToString(), row.Services.ToString(), row.Reason,
        ]));

    static string Service(Decky decky, int position) => ContainerNames.Service(decky.Name, decky.Services[position]);

    static string EmbeddedLab()
    {
        using var stream = typeof(Tour).Assembly.GetManifestResourceStream("lab.ini")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
