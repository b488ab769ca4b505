namespace Decnet.EngineTimings;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>A fleet file, a database, a runtime and a reconciler as a program would have them, in a temporary folder.</summary>
internal sealed class Lab : IAsyncDisposable
{
    static readonly ReconcileOptions Recreate = new() { Repair = RepairMode.Recreate };

    readonly IDisposable connection;

    Lab(StateFolder folder, FleetFile file, SqliteStateStore store, LabRuntime runtime, int parallelism)
    {
        Folder = folder.Path;
        connection = runtime;
        File = file;
        Store = store;
        Runtime = runtime.Runtime;
        Tally = runtime.Tally;
        Reconciler = new Reconciler(File, Store, Runtime, new ReconcilerOptions { RepairParallelism = parallelism });
        Service = new FleetService(File, Store, Runtime, new FileWorkLock(folder.WorkLock));
    }

    internal static int DefaultParallelism { get; } = new ReconcilerOptions().RepairParallelism;

    internal string Folder { get; }

    internal FleetFile File { get; }

    internal SqliteStateStore Store { get; }

    internal IContainerRuntime Runtime { get; }

    internal RequestTally Tally { get; }

    internal Reconciler Reconciler { get; }

    internal FleetService Service { get; }

    internal static async Task<Lab> OpenAsync(string endpoint, int? parallelism = null)
    {
        var folder = new StateFolder(Directory.CreateTempSubdirectory("decnet-timings-").FullName);
        var store = await SqliteStateStore.OpenAsync(folder.Database);
        var lab = new Lab(folder, new FleetFile(folder.FleetFile), store, LabRuntime.Connect(endpoint), parallelism ?? DefaultParallelism);

        // A program that deploys has looked at its engine before, and the first look is slow: code is compiled, a version agreed on.
        await lab.Reconciler.PlanAsync();
        return lab;
    }

    internal async Task DeployAsync(Fleet fleet)
    {
        await File.SaveAsync(fleet);
        await PassAsync();
    }

    /// <summary>A pass that brings everything up, or fails.</summary>
    internal async Task PassAsync()
    {
        var result = await Reconciler.ReconcileAsync(Recreate);
        if (result.HasFailures || result.Held)
        {
            var failed = result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => $"{step.Step.Container}: {step.Error}");
            throw new InvalidOperationException($"The fleet did not come up: {result.HoldReason} {string.Join("; ", failed.Take(3))}");
        }
    }

    /// <summary>A pass that must find nothing to do.</summary>
    internal async Task ConvergedPassAsync()
    {
        var result = await Reconciler.ReconcileAsync(Recreate);
        if (!result.IsConverged)
        {
            throw new InvalidOperationException($"The pass was not converged: {string.Join("; ", result.Steps.Take(3))} {result.HoldReason}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Reconciler.Dispose();
        connection.Dispose();
        await Store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
