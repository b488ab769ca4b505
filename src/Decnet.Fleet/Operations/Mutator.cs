namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Rotates the services of deckies when their intervals are over (<see cref="MutationSchedule"/>). It rotates deckies of its
/// host that run, that nobody works on and that nobody has suspended; one that cannot be rotated has its old services again
/// and waits. As long as no decky is due it reads the fleet file and nothing else.
/// </summary>
public sealed class Mutator : IWorkerCompanion
{
    /// <summary>Who works on the fleet rarely does so for long.</summary>
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    readonly FleetService service;
    readonly IFleetFile file;
    readonly IStateStore store;
    readonly HostId hostId;
    readonly MutatorOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly MutationBackoff backoff = new();

    /// <summary>Puts it together.</summary>
    /// <param name="service">What changes the services, and how many deckies at a time.</param>
    /// <param name="file">The fleet file: which deckies rotate, how often, and when they last did.</param>
    /// <param name="store">Which deckies run, are worked on or are suspended.</param>
    /// <param name="hostId">The host that it runs on. Deckies of others are rotated if the service has ways to work on them.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Mutator(
        FleetService service,
        IFleetFile file,
        IStateStore store,
        HostId hostId,
        MutatorOptions? options = null,
        TimeProvider? clock = null,
        ILogger<Mutator>? logger = null)
    {
        this.options = options ?? new MutatorOptions();
        this.options.Validate();
        this.service = service;
        this.file = file;
        this.store = store;
        this.hostId = hostId;
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<Mutator>.Instance;
    }

    /// <inheritdoc/>
    public string Name => "mutation";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var wake = new WakeSignal();
        Task[] both = [LoopAsync(wake, ending.Token), WatchAsync(wake, ending.Token)];
        var first = await Task.WhenAny(both).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    /// <summary>
    /// Rotates what is due, no more deckies than <see cref="FleetServiceOptions.Exposure"/> allows at a time, and waits for the end.
    /// A decky that has an interval and no time from which it runs gets the present one, which is written into the fleet file.
    /// </summary>
    /// <param name="cancellationToken">Ends it. What is under way gets its old services back.</param>
    /// <returns>When it should be called again; null when no decky rotates.</returns>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<DateTimeOffset?> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        if (await FleetAsync(cancellationToken).ConfigureAwait(false) is not { } fleet || Rotating(fleet).Length == 0)
        {
            return null;
        }

        try
        {
            return await RotateAsync(await BeginIntervalsAsync(fleet, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (DecnetException error) when (error is not StateStoreException)
        {
            // The fleet is being worked on, or has changed since it was read.
            OperationsLog.Postponed(logger, Retry, error.Message);
            return clock.GetUtcNow() + Retry;
        }
    }

    async Task<DateTimeOffset?> RotateAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Decky[] due = [.. Rotating(fleet).Where(decky => backoff.NextAt(decky) <= now).OrderBy(MutationSchedule.DueAt)];
        if (due.Length == 0)
        {
            return Next(fleet, []);
        }

        var recorded = new Dictionary<HostId, RecordedState>();
        foreach (var host in due.Select(decky => decky.EffectiveHost(hostId)).Distinct())
        {
            recorded[host] = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        }

        Decky[] ready = [.. due.Where(decky => IsReady(decky, recorded[decky.EffectiveHost(hostId)]))];
        var held = due.Except(ready).Select(decky => decky.Name).ToHashSet();
        Decky[] round = [.. ready.Take(service.Exposure.For(fleet.Deckies.Count))];
        if (round.Length > 0)
        {
            await MutateAsync(round, cancellationToken).ConfigureAwait(false);
            fleet = await FleetAsync(cancellationToken).ConfigureAwait(false) ?? fleet;
        }

        return Next(fleet, held);
    }

    async Task MutateAsync(Decky[] round, CancellationToken cancellationToken)
    {
        var options = new MutateOptions { Trigger = MutationTrigger.Scheduled };
        var result = await service.MutateAsync([.. round.Select(decky => decky.Name)], options, null, cancellationToken).ConfigureAwait(false);
        OperationsLog.Round(logger, result);
        var rotated = result.Operations.Where(operation => operation.Status == OperationStatus.Succeeded || operation.IsOpen).Select(operation => operation.DeckyName).ToHashSet();
        var now = clock.GetUtcNow();
        foreach (var decky in round.Where(decky => !result.Cancelled && !rotated.Contains(decky.Name)))
        {
            backoff.Failed(decky, now);
        }
    }

    /// <summary>When it is time to look again: at once when more are due than one round may rotate.</summary>
    DateTimeOffset? Next(Fleet fleet, HashSet<DeckyName> held)
    {
        backoff.Keep(fleet);
        var later = clock.GetUtcNow() + options.Poll;
        return Rotating(fleet).Select(decky => held.Contains(decky.Name) ? later : backoff.NextAt(decky)).Min();
    }

    static bool IsReady(Decky decky, RecordedState recorded) =>
        recorded.Rows.Any(row => row.Name == decky.Name && row.State == DeckyState.Running)
        && !recorded.OpenOperations.Any(operation => operation.DeckyName == decky.Name)
        && !recorded.Suspensions.Any(order => order.Covers(decky.Name));

    Decky[] Rotating(Fleet fleet) => [.. fleet.Deckies.Where(IsRotating)];

    bool IsRotating(Decky decky) => decky.MutateInterval is not null && service.Reaches(decky.EffectiveHost(hostId));

    /// <summary>Deckies that were never rotated are not due at once, all together: their intervals begin now.</summary>
    async Task<Fleet> BeginIntervalsAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        if (!fleet.Deckies.Any(IsNew))
        {
            return fleet;
        }

        var now = clock.GetUtcNow();
        var state = await file.UpdateAsync(
            state => state is DesiredState.Known known && known.Fleet.Deckies.Any(IsNew)
                ? known.Fleet with { Deckies = [.. known.Fleet.Deckies.Select(decky => IsNew(decky) ? decky with { LastMutated = now } : decky)] }
                : null,
            cancellationToken).ConfigureAwait(false);
        return (state as DesiredState.Known)?.Fleet ?? fleet;
    }

    bool IsNew(Decky decky) => IsRotating(decky) && decky.LastMutated is null;

    async Task<Fleet?> FleetAsync(CancellationToken cancellationToken) =>
        (await file.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known)?.Fleet;

    async Task LoopAsync(WakeSignal wake, CancellationToken cancellationToken)
    {
        while (true)
        {
            wake.Reset();
            var next = await RunOnceAsync(cancellationToken).ConfigureAwait(false);
            await wake.WaitAsync(Wait(next), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    TimeSpan Wait(DateTimeOffset? next)
    {
        var wait = next is { } due ? due - clock.GetUtcNow() : options.Poll;
        return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, TimeSpan.TicksPerMillisecond, Math.Max(options.Poll.Ticks, TimeSpan.TicksPerMillisecond)));
    }

    async Task WatchAsync(WakeSignal wake, CancellationToken cancellationToken)
    {
        await foreach (var _ in file.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            wake.Set();
        }
    }
}
