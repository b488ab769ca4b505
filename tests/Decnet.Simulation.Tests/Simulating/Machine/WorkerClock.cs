namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>The clock of one worker. It knows by their lengths which of the worker's waits are under way.</summary>
internal sealed class WorkerClock(TimeProvider clock, Action changed) : TimeProvider
{
    readonly Lock gate = new();
    readonly List<WorkerTimer> waits = [];

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override long TimestampFrequency => clock.TimestampFrequency;

    internal DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                return waits.Count == 0 ? null : waits.Min(wait => wait.Due);
            }
        }
    }

    /// <summary>The wait of such a length that is under way; null when there is none.</summary>
    internal object? Find(Predicate<TimeSpan> length)
    {
        lock (gate)
        {
            return waits.Find(wait => length(wait.Length));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WorkerTimer(this, dueTime, clock.GetUtcNow() + dueTime);
        lock (gate)
        {
            waits.Add(timer);
        }

        timer.Inner = clock.CreateTimer(
            _ =>
            {
                End(timer);
                callback(state);
            },
            null,
            dueTime,
            period);
        changed();
        return timer;
    }

    void End(WorkerTimer timer)
    {
        lock (gate)
        {
            waits.Remove(timer);
        }

        changed();
    }

    sealed class WorkerTimer(WorkerClock owner, TimeSpan length, DateTimeOffset due) : ITimer
    {
        internal TimeSpan Length => length;

        internal DateTimeOffset Due => due;

        internal ITimer? Inner { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("The worker never changes its timers.");

        public void Dispose()
        {
            owner.End(this);
            Inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
