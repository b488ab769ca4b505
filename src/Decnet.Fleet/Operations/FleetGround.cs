namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>What work on a fleet stands on: the file, the store, the runtime, and how to use them.</summary>
internal sealed class FleetGround
{
    /// <summary>What planning the containers of some deckies may do: everything to them, and nothing to rows of others.</summary>
    internal static readonly ReconcileOptions Repairing = new() { Repair = RepairMode.Recreate, MaxDeletions = DeletionBudget.OfCount(0) };

    internal FleetGround(
        IFleetFile file, IStateStore store, IContainerRuntime runtime, FleetServiceOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        File = file;
        Store = store;
        Runtime = runtime;
        Options = options;
        Clock = clock;
        Random = random;
        Logger = logger;
        Blueprints = new DeckyBlueprints(options.DecoyImage);
        Lookout = new Lookout(LookAsync);
    }

    internal IFleetFile File { get; }

    internal IStateStore Store { get; }

    internal IContainerRuntime Runtime { get; }

    internal FleetServiceOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal Random Random { get; }

    internal ILogger Logger { get; }

    /// <summary>Composes the deckies of fleets that are worked on.</summary>
    internal DeckyBlueprints Blueprints { get; }

    /// <summary>Looks at rows and containers; who asks while a look is under way shares the next one.</summary>
    internal Lookout Lookout { get; }

    internal HostId HostId => Options.HostId;

    /// <summary>Whether there is a way to work on deckies of a host. Rows of others are none of this host's business.</summary>
    internal bool Reaches(HostId host) => host == HostId || !Options.Strategies.AreLocal;

    internal FleetSnapshot Snapshot(DesiredState desired, Sight sight) => FleetSnapshot.Create(
        HostId, desired, sight.Recorded with { OpenOperations = [], Suspensions = [] }, sight.Observed, Clock.GetUtcNow(), null, new SubjectCache(HostId, Blueprints));

    /// <summary>Some deckies of a fleet alone, with what is recorded and seen of them.</summary>
    internal FleetSnapshot Snapshot(Fleet fleet, IReadOnlyList<Decky> deckies, Sight sight)
    {
        var names = deckies.Select(decky => decky.Name).ToHashSet();
        var desired = new DesiredState.Known
        {
            Fleet = fleet with { Deckies = [.. deckies] },
            Generation = 0,
            Origin = FleetFileOrigin.Saved,
            Checksum = "",
        };
        var rows = sight.Recorded.Rows.Where(row => names.Contains(row.Name)).ToArray();
        return Snapshot(desired, sight with { Recorded = sight.Recorded with { Rows = rows } });
    }

    /// <summary>Ends all open operations. Whoever has the work lock may: nobody else works on them any more.</summary>
    internal async Task EndLeftBehindAsync(CancellationToken cancellationToken)
    {
        // Of all hosts, wherever their deckies are, unless other strategies may have left some to hosts that still work on them.
        var open = await OpenOperations.ListAsync(Store, cancellationToken).ConfigureAwait(false);
        var left = open.Where(operation => Options.Strategies.AreLocal || operation.HostId == HostId).ToArray();
        await OpenOperations.EndAsync(Store, left, _ => OpenOperations.LeftBehind, Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest operations, newest first.</summary>
    internal Task<IReadOnlyList<Operation>> HistoryAsync(CancellationToken cancellationToken) =>
        Store.ListOperationsAsync(new OperationQuery { HostId = Options.Strategies.AreLocal ? HostId : null }, cancellationToken);

    async Task<Sight> LookAsync(CancellationToken cancellationToken)
    {
        var recorded = await Store.ReadAsync(HostId, cancellationToken).ConfigureAwait(false);
        var remote = Options.Strategies.AreLocal
            ? []
            : (await Store.ListDeckiesAsync(null, cancellationToken).ConfigureAwait(false)).Where(row => row.HostId != HostId);
        return new Sight(recorded, await Runtime.ObserveAsync(cancellationToken).ConfigureAwait(false)) { Remote = [.. remote] };
    }
}
