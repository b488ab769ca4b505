namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Events;

/// <summary>How a <see cref="ReconcilerWorker"/> runs.</summary>
public sealed record ReconcilerWorkerOptions
{
    static readonly TimeSpan MaxInterval = TimeSpan.FromDays(1);

    /// <summary>The name under which it registers and takes messages, one token of a topic.</summary>
    /// <value>Default: <c>reconciler</c>.</value>
    public string Name { get; init; } = "reconciler";

    /// <summary>What each pass may do.</summary>
    public ReconcileOptions Pass { get; init; } = new();

    /// <summary>How long after a pass the next one begins when nothing happens; more than zero, at most a day.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By which share of itself the interval varies, 0 to 1, so that hosts do not pass in step.</summary>
    /// <value>Default: 0.1.</value>
    public double Jitter { get; init; } = 0.1;

    /// <summary>
    /// How long the first trigger after a quiet time waits for further ones, since an engine tells of one change in several
    /// signals.
    /// </summary>
    /// <value>Default: 20 milliseconds.</value>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The quiet time: a trigger that comes sooner after the end of the last pass that a trigger started waits until so much
    /// time has gone by, so that many changes cost one pass. No trigger waits longer.
    /// </summary>
    /// <value>Default: 250 milliseconds.</value>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often it gives a sign of life.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan BeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before watching again when a watch failed.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan WatchRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What runs beside the passes for as long as the worker lives. What fails or ends is begun anew after <see cref="WatchRetry"/>.</summary>
    /// <value>Default: nothing.</value>
    /// <remarks>Ignored with <see cref="Shadow"/>.</remarks>
    public IReadOnlyList<IWorkerCompanion> Companions { get; init; } = [];

    /// <summary>
    /// Whether it only tells what it would do: passes make plans and stop, no row is written and no container touched. A plan
    /// that differs from the last one is logged, told to <see cref="Plans"/>, and recorded as an event on
    /// <c>system.WORKER.shadow</c>.
    /// </summary>
    /// <value>Default: false.</value>
    public bool Shadow { get; init; }

    /// <summary>Told of the plans of a worker in shadow mode, each time that they change; one without steps and holds says that nothing is to do any more.</summary>
    /// <value>Default: null, nobody.</value>
    public IProgress<ReconcilePlan>? Plans { get; init; }

    /// <summary>
    /// Done after each pass, and every 5 seconds unless a pass lasts longer than <see cref="StuckAfter"/>; for a watchdog, such
    /// as that of systemd. It may be called on any thread and should return at once.
    /// </summary>
    /// <value>Default: null, nothing.</value>
    public Action? Alive { get; init; }

    /// <summary>How long a pass may last before the worker no longer counts as alive; more than zero.</summary>
    /// <value>Default: 1 minute.</value>
    /// <remarks>Ignored without <see cref="Alive"/>. Passes that pull large images last longer.</remarks>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told of each pass that ended.</summary>
    /// <value>Default: null, nobody.</value>
    /// <remarks>Ignored with <see cref="Shadow"/>.</remarks>
    public IProgress<ReconcileResult>? Passes { get; init; }

    internal void Validate()
    {
        if (!Topic.IsToken(Name))
        {
            throw new ArgumentException($"'{Name}' is no name of a worker: it must not be empty or hold '.', '*', '>' or white space.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(Interval, MaxInterval, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BeatInterval, TimeSpan.Zero, nameof(BeatInterval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WatchRetry, TimeSpan.Zero, nameof(WatchRetry));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StuckAfter, TimeSpan.Zero, nameof(StuckAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(Settle, TimeSpan.Zero, nameof(Settle));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Settle, MaxInterval, nameof(Settle));
        ArgumentOutOfRangeException.ThrowIfLessThan(Debounce, TimeSpan.Zero, nameof(Debounce));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Debounce, MaxInterval, nameof(Debounce));
        ArgumentOutOfRangeException.ThrowIfNegative(Jitter, nameof(Jitter));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Jitter, 1, nameof(Jitter));
    }
}
