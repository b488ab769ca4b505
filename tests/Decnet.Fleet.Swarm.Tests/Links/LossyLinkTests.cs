namespace Decnet.Fleet.Swarm.Tests.Links;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Tests.Agents;
using Decnet.Fleet.Swarm.Tests.Masters;
using Decnet.Testing;
using Xunit;

/// <summary>A real agent and a real master, with a bad line between them.</summary>
public sealed class LossyLinkTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.4)]
    [InlineData(3, 0.4)]
    [InlineData(4, 0.6)]
    public async Task Whatever_gets_lost_both_sides_agree_in_the_end(int seed, double loss)
    {
        await using var lab = await AgentLab.OpenAsync(StoreKind.Sqlite);
        using var folder = new TemporaryFolder();
        await using var store = await SqliteStateStore.OpenAsync(folder.File("master.db"));
        var file = new FleetFile(folder.File("decnet-state.json"));
        var work = new InMemoryWorkLock();
        await using var ledger = new HostLedger(store, store, file, work, new FakeCertificates(), new HostLedgerOptions { BeatDelay = TimeSpan.Zero });
        await using var service = Service(store, file, work, new LossyAgentLink(lab.Agent, new Random(seed), loss));
        await store.CommitAsync([new StateChange.PutHost(Host())], DateTimeOffset.UtcNow);
        var link = new LossyMasterLink(ledger, AgentLab.Host, new Random(seed + 100), loss);
        using var stop = new CancellationTokenSource();
        var beating = new HeartbeatLoop(lab.Reporter, lab.Events, link, new RecordingKeeper(), Fast, random: new Random(seed)).RunAsync(stop.Token);

        var deckies = Enumerable.Range(1, 6).Select(i => Sample.Decky($"web-{i:00}", $"198.18.0.{i + 9}") with { HostId = AgentLab.Host }).ToArray();
        var deployed = await EndAsync(service, await service.DeployAsync(Sample.Fleet(deckies) with { Mode = FleetMode.Swarm, Driver = NetworkDriver.Macvlan }));
        Assert.All(deployed, operation => Assert.Equal((OperationStatus.Succeeded, null), (operation.Status, operation.Error)));
        await AgreeAsync(store, lab);

        var mutated = await EndAsync(service, await service.MutateAsync([DeckyName.Parse("web-01")], new MutateOptions { Services = ["telnet"] }));
        Assert.Equal(OperationStatus.Succeeded, Assert.Single(mutated).Status);
        await AgreeAsync(store, lab);

        lab.Runtime.FailNext(RuntimeError.Invalid, 1, RuntimeVerb.CreateContainer);
        var failed = await EndAsync(service, await service.MutateAsync([DeckyName.Parse("web-02")], new MutateOptions { Services = ["telnet"] }));
        Assert.Equal(OperationStatus.Failed, Assert.Single(failed).Status);
        await AgreeAsync(store, lab);
        Assert.Equal("ssh, http", ((DesiredState.Known)await file.LoadAsync()).Fleet.Find(DeckyName.Parse("web-02"))!.Services.ToString());

        var gone = await EndAsync(service, await service.TeardownAsync([.. deckies.Select(decky => decky.Name)]));
        Assert.All(gone, operation => Assert.Equal(OperationStatus.Succeeded, operation.Status));
        await AgreeAsync(store, lab);
        Assert.Empty(lab.Containers());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => beating);
        await EachEndedOnceAsync(store, 14);
    }

    static HeartbeatOptions Fast => new() { Interval = TimeSpan.FromMilliseconds(300), FirstDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(50) };

    static FleetService Service(SqliteStateStore store, FleetFile file, IWorkLock work, LossyAgentLink link) => new(
        file,
        store,
        new InMemoryContainerRuntime(HostId.Local),
        work,
        new FleetServiceOptions
        {
            Strategies = SwarmStrategies.Create(store, link, new SwarmOptions { Retry = new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(50) } }),
            Settle = TimeSpan.Zero,
        });

    static FleetHost Host() => new()
    {
        HostId = AgentLab.Host,
        Name = "h1",
        Address = "198.18.250.2",
        AgentPort = 8765,
        Fingerprint = new string('a', 64),
        Status = FleetHostStatus.Active,
        EnrolledAt = DateTimeOffset.UtcNow,
        LastHeartbeat = DateTimeOffset.UtcNow,
    };

    static async Task<IReadOnlyList<Operation>> EndAsync(FleetService service, FleetWorkResult work)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await service.WaitAsync([.. work.Operations.Select(operation => operation.Id)], null, patience.Token);
    }

    /// <summary>Waits until the master's rows say what the host's say.</summary>
    static Task AgreeAsync(IStateStore master, AgentLab lab) => Eventually.TrueAsync(
        async () =>
        {
            var (there, here) = (await RowsAsync(master), await RowsAsync(lab.Store));
            return there.AsEnumerable().SequenceEqual(here);
        },
        Patience);

    static async Task<string[]> RowsAsync(IStateStore store) =>
        [.. (await store.ListDeckiesAsync(AgentLab.Host)).Select(row => $"{row.Name} {row.State} {row.IPAddress} {row.Services} {row.Reason}")];

    static async Task EachEndedOnceAsync(SqliteStateStore master, int operations)
    {
        var page = await master.ReadAsync(0, TopicPattern.Parse("decky.*.lifecycle"), 10_000);
        var ends = page.Events
            .Select(happened => happened.ParsePayload())
            .Where(payload => payload.GetProperty("status").GetString() is "succeeded" or "failed")
            .Select(payload => payload.GetProperty("lifecycle_id").GetGuid())
            .ToArray();
        Assert.Equal(operations, ends.Length);
        Assert.Equal(operations, ends.Distinct().Count());
        Assert.All(await master.ListOperationsAsync(new OperationQuery()), operation => Assert.False(operation.IsOpen));
    }
}
