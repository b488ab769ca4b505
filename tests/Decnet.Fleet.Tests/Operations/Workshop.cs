namespace Decnet.Fleet.Tests.Operations;

using System.Text.Json;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;

/// <summary>A host with a real fleet file and a service on an in-memory store, runtime and lock; the clock stands still unless a test moves it.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    /// <summary>No wait needs the clock to move.</summary>
    internal static readonly FleetServiceOptions AtOnce = new()
    {
        Settle = TimeSpan.Zero,
        LockWait = TimeSpan.Zero,
        Retry = new RetryOptions { Window = TimeSpan.Zero },
    };

    readonly TemporaryFolder folder = new();

    internal Workshop(FleetServiceOptions? options = null, IContainerRuntime? runtime = null)
    {
        File = new FleetFile(folder.File("decnet-state.json"));
        Store = new InMemoryStateStore(null, Clock);
        Runtime = new InMemoryContainerRuntime(HostId.Local, Clock);
        Lock = new InMemoryWorkLock(Clock);
        Service = new FleetService(File, Store, runtime ?? Runtime, Lock, options ?? AtOnce, Clock, new Random(1));
    }

    internal FakeTimeProvider Clock { get; } = new(Sample.Now);

    internal FleetFile File { get; }

    internal InMemoryStateStore Store { get; }

    internal InMemoryContainerRuntime Runtime { get; }

    internal InMemoryWorkLock Lock { get; }

    internal FleetService Service { get; }

    internal IEnumerable<ObservedContainer> Seen => Runtime.Containers.Select(container => container.Observed);

    internal static DeckyName Name(string name) => DeckyName.Parse(name);

    internal Task<FleetWorkResult> DeployAsync(params Decky[] deckies) => Service.DeployAsync(Sample.Fleet(deckies));

    internal Task<FleetWorkResult> ReplaceAsync(params Decky[] deckies) =>
        Service.DeployAsync(Sample.Fleet(deckies), new DeployOptions { Replace = true });

    internal async Task<Fleet> FleetAsync() => ((DesiredState.Known)await File.LoadAsync()).Fleet;

    internal async Task<DeckyRow?> RowAsync(string name) =>
        (await Store.ListDeckiesAsync(HostId.Local)).SingleOrDefault(row => row.Name.Value == name);

    internal string[] ContainerNames() => [.. Seen.Select(container => container.Name).Order(StringComparer.Ordinal)];

    /// <summary>A pass of a reconciler that has nothing to do says so.</summary>
    internal async Task<ReconcilePlan> PlanAsync()
    {
        using var reconciler = new Reconciler(File, Store, Runtime, null, Clock, new Random(2));
        return await reconciler.PlanAsync(new ReconcileOptions { Repair = RepairMode.Recreate });
    }

    /// <summary>All events on topics of a pattern, as <c>topic</c> and the values of some keys of the payload.</summary>
    internal async Task<string[]> EventsAsync(string pattern, params string[] keys)
    {
        var page = await Store.ReadAsync(0, TopicPattern.Parse(pattern));
        return [.. page.Events.Select(happened => string.Join(' ', [happened.Topic, .. keys.Select(key => Value(happened, key))]))];
    }

    static string Value(DecnetEvent happened, string key) =>
        happened.ParsePayload().TryGetProperty(key, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()
            : "-";

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
