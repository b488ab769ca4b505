namespace Decnet.Fleet.Docker.Watching;

using Decnet.Fleet.Docker.Api.Models;

/// <summary>How far the events were followed, by the engine's clock.</summary>
internal sealed class EventPosition
{
    readonly SeenEvents seen = new();

    /// <summary>Begins now. The engine answers a little before it notes events for the asker; this closes the gap.</summary>
    internal EventPosition(DateTimeOffset now) => Since = (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The time from which on events are wanted, in nanoseconds since 1970: the last one is repeated.</summary>
    internal long Since { get; private set; }

    /// <summary>Goes on to an event. It may be older than the one before, when the engine's clock was set back.</summary>
    /// <returns>False when it is a repetition.</returns>
    internal bool Advance(EngineEvent next)
    {
        Since = next.TimeNano ?? Since;
        return seen.Add(next);
    }
}
