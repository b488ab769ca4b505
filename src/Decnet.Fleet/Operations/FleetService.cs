namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// What a program does with a fleet: deploy, mutate, tear down, look. Each decky that is worked on has an operation of its
/// own, which ends by itself; work on a fleet is done by one at a time, across processes. A method that begins work comes in
/// two forms: <c>Begin…Async</c> returns when the operations are recorded, the other one when they have ended.
/// </summary>
/// <remarks>
/// A cancellation token holds for the whole work. Once operations are recorded, cancelling does not throw: it ends those that
/// are open as failed, with an error that begins with <c>cancelled</c>, and the result says so.
/// All methods may be called from several threads.
/// </remarks>
public sealed partial class FleetService : IAsyncDisposable
{
    readonly IWorkLock work;
    readonly IStateStore store;
    readonly TimeProvider clock;
    readonly FleetServiceOptions options;
    readonly FleetGround ground;
    readonly CancellationTokenSource closing = new();
    readonly Lock gate = new();
    readonly HashSet<Task> underway = [];

    /// <summary>Puts a service together.</summary>
    /// <param name="file">The desired state.</param>
    /// <param name="store">The rows, operations and events.</param>
    /// <param name="runtime">The containers.</param>
    /// <param name="work">Who may change containers.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">What chooses services, identities and waits; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public FleetService(
        IFleetFile file,
        IStateStore store,
        IContainerRuntime runtime,
        IWorkLock work,
        FleetServiceOptions? options = null,
        TimeProvider? clock = null,
        Random? random = null,
        ILogger<FleetService>? logger = null)
    {
        this.work = work;
        this.store = store;
        this.clock = clock ?? TimeProvider.System;
        this.options = options ?? new FleetServiceOptions();
        this.options.Validate();
        ground = new FleetGround(file, store, runtime, this.options, this.clock, random ?? RandomSource.New(), logger ?? NullLogger<FleetService>.Instance);
    }

    internal ExposureBudget Exposure => options.Exposure;

    /// <summary>Whether there is a way to work on deckies of a host.</summary>
    internal bool Reaches(HostId host) => ground.Reaches(host);

    /// <summary>Tells what a deployment would do, and changes nothing.</summary>
    /// <param name="fleet">The fleet to deploy.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="FleetValidationException">The fleet cannot be deployed; the error has every reason.</exception>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<DeployPlan> PlanDeployAsync(Fleet fleet, DeployOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var (plan, _, _) = await new DeployWork(ground).PlanAsync(fleet, options ?? new DeployOptions(), cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <summary>Writes the fleet into the fleet file, records an operation for each decky that needs work, and begins to bring them up.</summary>
    /// <param name="fleet">The fleet to deploy.</param>
    /// <param name="options">How; null for the defaults, which add to the present fleet.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the wait, and later the work.</param>
    /// <returns>The operations, and a task that ends with the work.</returns>
    /// <exception cref="FleetValidationException">The fleet cannot be deployed; the error has every reason. Nothing was changed.</exception>
    /// <exception cref="FleetLockedException">Somebody else works on the fleet for longer than <see cref="FleetServiceOptions.LockWait"/>.</exception>
    /// <exception cref="FleetFileException">The fleet file cannot be written.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public Task<FleetWork> BeginDeployAsync(
        Fleet fleet, DeployOptions? options = null, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return BeginAsync(
            $"deploying {fleet.Deckies.Count} {(fleet.Deckies.Count == 1 ? "decky" : "deckies")}",
            (held, token) => new DeployWork(ground).BeginAsync(fleet, options ?? new DeployOptions(), held, progress, token),
            cancellationToken);
    }

    /// <summary>As <see cref="BeginDeployAsync(Fleet, DeployOptions, IProgress{DeployProgress}, CancellationToken)"/>, and waits for the end.</summary>
    /// <param name="fleet">The fleet to deploy.</param>
    /// <param name="options">How; null for the defaults, which add to the present fleet.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How each operation ended.</returns>
    public async Task<FleetWorkResult> DeployAsync(
        Fleet fleet, DeployOptions? options = null, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await (await BeginDeployAsync(fleet, options, progress, cancellationToken).ConfigureAwait(false)).Completion.ConfigureAwait(false);

    /// <summary>Begins to give deckies other services, no more at a time than <see cref="FleetServiceOptions.Exposure"/> allows.</summary>
    /// <param name="names">The deckies.</param>
    /// <param name="options">Which services, and why; null for a choice by chance.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the wait, and later the work.</param>
    /// <returns>The operations, and a task that ends with the work. Deckies whose pool has no other services are unchanged.</returns>
    /// <exception cref="FleetValidationException">A decky is not in the fleet, or services do not fit; the error has every reason. Nothing was changed.</exception>
    /// <exception cref="FleetLockedException">Somebody else works on the fleet for longer than <see cref="FleetServiceOptions.LockWait"/>.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public Task<FleetWork> BeginMutateAsync(
        IReadOnlyCollection<DeckyName> names, MutateOptions? options = null, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        return BeginAsync(
            $"changing the services of {string.Join(", ", names.Take(3))}{(names.Count > 3 ? " and others" : "")}",
            (held, token) => new MutateWork(ground, options ?? new MutateOptions()).BeginAsync(names, held, progress, token),
            cancellationToken);
    }

    /// <summary>As <see cref="BeginMutateAsync"/>, and waits for the end.</summary>
    /// <param name="names">The deckies.</param>
    /// <param name="options">Which services, and why; null for a choice by chance.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How each operation ended.</returns>
    public async Task<FleetWorkResult> MutateAsync(
        IReadOnlyCollection<DeckyName> names, MutateOptions? options = null, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await (await BeginMutateAsync(names, options, progress, cancellationToken).ConfigureAwait(false)).Completion.ConfigureAwait(false);

    /// <summary>As <see cref="BeginTeardownAsync(IReadOnlyCollection{DeckyName}, TeardownOptions, IProgress{DeployProgress}, CancellationToken)"/>, with the defaults.</summary>
    /// <param name="names">The deckies: of the fleet file, or such as only rows or containers are left of.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the wait, and later the work.</param>
    /// <returns>The operations, and a task that ends with the work.</returns>
    public Task<FleetWork> BeginTeardownAsync(
        IReadOnlyCollection<DeckyName> names, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default) =>
        BeginTeardownAsync(names, null, progress, cancellationToken);

    /// <summary>Takes deckies out of the fleet file and begins to remove their containers and rows. With the last decky, the network goes too.</summary>
    /// <param name="names">The deckies: of the fleet file, or such as only rows or containers are left of.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the wait, and later the work.</param>
    /// <returns>The operations, and a task that ends with the work.</returns>
    /// <exception cref="FleetValidationException">There is nothing of a decky; the error names all such. Nothing was changed.</exception>
    /// <exception cref="FleetLockedException">Somebody else works on the fleet for longer than <see cref="FleetServiceOptions.LockWait"/>.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public Task<FleetWork> BeginTeardownAsync(
        IReadOnlyCollection<DeckyName> names, TeardownOptions? options, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        return BeginAsync(
            $"tearing down {string.Join(", ", names.Take(3))}{(names.Count > 3 ? " and others" : "")}",
            (held, token) => new TeardownWork(ground, options ?? new TeardownOptions()).BeginAsync(names, held, progress, token),
            cancellationToken);
    }

    /// <summary>As <see cref="BeginTeardownAsync(IReadOnlyCollection{DeckyName}, IProgress{DeployProgress}, CancellationToken)"/>, and waits for the end.</summary>
    /// <param name="names">The deckies.</param>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How each operation ended.</returns>
    public async Task<FleetWorkResult> TeardownAsync(
        IReadOnlyCollection<DeckyName> names, IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await (await BeginTeardownAsync(names, progress, cancellationToken).ConfigureAwait(false)).Completion.ConfigureAwait(false);

    /// <summary>Writes an empty generation and begins to remove every decky of this host, be it in the fleet file, in rows or in containers, and the network.</summary>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the wait, and later the work.</param>
    /// <returns>The operations, and a task that ends with the work.</returns>
    /// <exception cref="FleetLockedException">Somebody else works on the fleet for longer than <see cref="FleetServiceOptions.LockWait"/>.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public Task<FleetWork> BeginTeardownAllAsync(IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default) =>
        BeginAsync("tearing the fleet down", (held, token) => new TeardownWork(ground, new TeardownOptions()).BeginAsync(null, held, progress, token), cancellationToken);

    /// <summary>As <see cref="BeginTeardownAllAsync"/>, and waits for the end.</summary>
    /// <param name="progress">Told of each step of each operation, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How each operation ended.</returns>
    public async Task<FleetWorkResult> TeardownAllAsync(IProgress<DeployProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await (await BeginTeardownAllAsync(progress, cancellationToken).ConfigureAwait(false)).Completion.ConfigureAwait(false);

    /// <summary>Tells how the fleet is: what is wanted, what is recorded and what runs. It changes nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public Task<FleetStatus> StatusAsync(CancellationToken cancellationToken = default) => StatusReader.ReadAsync(ground, cancellationToken);

    /// <summary>Cancels the work that is under way and waits for its end. The file, the store and the runtime stay open.</summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (gate)
        {
            left = [.. underway];
        }

        await closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<FleetWork> BeginAsync(
        string purpose, Func<IAsyncDisposable, CancellationToken, Task<FleetWork>> begin, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        IAsyncDisposable? held = null;
        try
        {
            held = await work.AcquireAsync(purpose, options.LockWait, ending.Token).ConfigureAwait(false);
            var begun = await begin(held, ending.Token).ConfigureAwait(false);
            Remember(begun.Completion, ending);
            return begun;
        }
        catch
        {
            if (held is not null)
            {
                await held.DisposeAsync().ConfigureAwait(false);
            }

            ending.Dispose();
            throw;
        }
    }

    void Remember(Task completion, CancellationTokenSource ending)
    {
        lock (gate)
        {
            underway.Add(completion);
        }

        completion.ContinueWith(
            ended =>
            {
                ending.Dispose();
                lock (gate)
                {
                    underway.Remove(ended);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
