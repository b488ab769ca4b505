namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;

/// <summary>A host with a real fleet file, an in-memory store and an in-memory runtime.</summary>
internal sealed class Lab : IDisposable
{
    internal static readonly ReconcileOptions Recreate = new() { Repair = RepairMode.Recreate };

    readonly TemporaryFolder folder = new();

    internal Lab(ReconcilerOptions? options = null)
    {
        File = new FleetFile(folder.File("decnet-state.json"));
        Store = new InMemoryStateStore(null, Clock);
        Runtime = new InMemoryContainerRuntime(HostId.Local, Clock);
        Reconciler = new Reconciler(File, Store, Runtime, options, Clock, new Random(1), Log);
    }

    internal FakeTimeProvider Clock { get; } = new(Sample.Now);

    internal LogLines<Reconciler> Log { get; } = new();

    internal FleetFile File { get; }

    internal InMemoryStateStore Store { get; }

    internal InMemoryContainerRuntime Runtime { get; }

    internal Reconciler Reconciler { get; }

    internal async Task<ReconcileResult> DeployAsync(params Decky[] deckies)
    {
        await File.SaveAsync(Sample.Fleet(deckies));
        return await Reconciler.ReconcileAsync(Recreate);
    }

    internal Task<ReconcileResult> PassAsync(RepairMode repair = RepairMode.Recreate) =>
        Reconciler.ReconcileAsync(new ReconcileOptions { Repair = repair });

    internal async Task<DeckyRow> RowAsync(string name) =>
        (await Store.ListDeckiesAsync(HostId.Local)).Single(row => row.Name.Value == name);

    /// <summary>The events of deckies' states as <c>name transition state</c>, oldest first.</summary>
    internal async Task<string[]> TransitionsAsync()
    {
        var page = await Store.ReadAsync(0, Decnet.Fleet.Events.TopicPattern.Parse("decky.*.state"));
        return
        [
            .. page.Events.Select(happened => happened.ParsePayload()).Select(payload =>
                $"{payload.GetProperty("name")} {payload.GetProperty("transition")} {payload.GetProperty("state")}"),
        ];
    }

    public void Dispose()
    {
        Reconciler.Dispose();
        folder.Dispose();
    }
}
