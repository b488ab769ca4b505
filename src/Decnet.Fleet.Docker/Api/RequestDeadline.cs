namespace Decnet.Fleet.Docker.Api;

/// <summary>When one request must end: when its time is over, its caller gives up, or the client is closed. They are told apart.</summary>
internal sealed class RequestDeadline : IDisposable
{
    readonly CancellationTokenSource timer;
    readonly CancellationTokenSource ended;

    internal RequestDeadline(TimeSpan? limit, TimeProvider clock, CancellationToken caller, CancellationToken closed)
    {
        Limit = limit;
        Caller = caller;
        timer = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, clock);
        ended = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, caller, closed);
    }

    /// <summary>The time that the request has; null for no end.</summary>
    internal TimeSpan? Limit { get; set; }

    internal CancellationToken Caller { get; }

    /// <summary>Ends the request, for whichever reason.</summary>
    internal CancellationToken Token => ended.Token;

    internal bool HasPassed => timer.IsCancellationRequested;

    /// <summary>Begins anew, since the request got on.</summary>
    internal void Restart() => timer.CancelAfter(Limit ?? Timeout.InfiniteTimeSpan);

    /// <summary>Stops the clock while nothing is asked of the engine.</summary>
    internal void Pause() => timer.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        ended.Dispose();
        timer.Dispose();
    }
}
