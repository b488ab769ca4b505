namespace Decnet.FakeDaemon.Events;

using System.Globalization;

/// <summary>
/// Events that a test sends to all subscribers of <c>GET /events</c>. As a real engine does, it remembers the last 256 and gives those
/// not older than <c>since</c> to a new subscriber who asks for them; unlike one, it ignores filters.
/// </summary>
/// <param name="framing">How events are told apart.</param>
public sealed class EventScript(EventFraming framing = EventFraming.Negotiated)
{
    const int Remembered = 256;
    readonly Lock _lock = new();
    readonly Queue<FakeEvent> _past = new();
    readonly Arrivals<EventSubscription> _subscriptions = new();
    long _lastNano;

    /// <summary>All subscriptions, ended ones too.</summary>
    public IReadOnlyList<EventSubscription> Subscriptions => _subscriptions.Snapshot();

    /// <summary>The handler: <c>daemon.On("GET", "/events", script.Answer)</c>.</summary>
    public FakeReply Answer(FakeRequest request)
    {
        var (type, agreed) = EventNegotiation.For(request, framing);
        var subscription = new EventSubscription(request, agreed);
        lock (_lock)
        {
            foreach (var happened in _past.Where(happened => happened.TimeNano >= Nanoseconds(subscription.Since)))
            {
                subscription.Send(subscription.Bytes(happened));
            }

            _subscriptions.Add(subscription);
        }

        return FakeReply.Stream(subscription.ChunksAsync(), type);
    }

    /// <summary>Waits for a subscription.</summary>
    /// <param name="number">Which one, counted from 1.</param>
    /// <param name="patience">How long; a minute when null.</param>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public Task<EventSubscription> SubscribedAsync(int number = 1, TimeSpan? patience = null) =>
        _subscriptions.WaitAsync(_ => true, number, patience ?? TimeSpan.FromMinutes(1));

    /// <summary>Sends events, each as a chunk of its own.</summary>
    /// <returns>The events with their times.</returns>
    public IReadOnlyList<FakeEvent> Push(params FakeEvent[] events) => Push(events, bytes => bytes);

    /// <summary>Sends events in one chunk.</summary>
    /// <inheritdoc cref="Push(FakeEvent[])"/>
    public IReadOnlyList<FakeEvent> PushTogether(params FakeEvent[] events) =>
        Push(events, bytes => [bytes.SelectMany(part => part).ToArray()]);

    /// <summary>Sends one event in several chunks.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="pieces">How many chunks of about the same size.</param>
    /// <returns>The event with its time.</returns>
    public FakeEvent PushSplit(FakeEvent happened, int pieces) =>
        Push([happened], bytes => bytes.SelectMany(whole => whole.Chunk(Math.Max(1, (whole.Length + pieces - 1) / pieces))))[0];

    /// <summary>Sends a chunk of any bytes.</summary>
    public void PushRaw(byte[] chunk)
    {
        lock (_lock)
        {
            foreach (var subscription in Subscriptions)
            {
                subscription.Send(chunk);
            }
        }
    }

    /// <summary>Ends all open streams properly, after what was sent before.</summary>
    public void End() => End(null);

    /// <summary>Cuts the connections of all open streams in the middle, after what was sent before.</summary>
    public void Cut() => End(new ConnectionCutException());

    /// <summary>Forgets what happened, as an engine does that starts anew.</summary>
    public void ForgetPast()
    {
        lock (_lock)
        {
            _past.Clear();
        }
    }

    FakeEvent[] Push(FakeEvent[] events, Func<IEnumerable<byte[]>, IEnumerable<byte[]>> arrange)
    {
        lock (_lock)
        {
            var stamped = events.Select(Stamp).ToArray();
            foreach (var subscription in Subscriptions.Where(subscription => subscription.IsOpen))
            {
                foreach (var chunk in arrange(stamped.Select(subscription.Bytes)))
                {
                    subscription.Send(chunk);
                }
            }

            return stamped;
        }
    }

    FakeEvent Stamp(FakeEvent happened)
    {
        var now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var stamped = happened.TimeNano > 0 ? happened : happened with { TimeNano = Math.Max(now, _lastNano + 1) };
        _lastNano = stamped.TimeNano;
        _past.Enqueue(stamped);
        if (_past.Count > Remembered)
        {
            _past.Dequeue();
        }

        return stamped;
    }

    void End(Exception? reason)
    {
        lock (_lock)
        {
            foreach (var subscription in Subscriptions)
            {
                subscription.End(reason);
            }
        }
    }

    // Seconds, with a fraction of up to nine digits or without.
    static long Nanoseconds(string? since)
    {
        if (string.IsNullOrEmpty(since))
        {
            return long.MaxValue;
        }

        var parts = since.Split('.');
        var seconds = long.Parse(parts[0], CultureInfo.InvariantCulture);
        var fraction = parts.Length > 1 ? long.Parse(parts[1].PadRight(9, '0')[..9], CultureInfo.InvariantCulture) : 0;
        return (seconds * 1_000_000_000) + fraction;
    }
}
