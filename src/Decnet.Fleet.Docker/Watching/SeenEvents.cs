namespace Decnet.Fleet.Docker.Watching;

using Decnet.Fleet.Docker.Api.Models;

/// <summary>The last events, as many as the engine keeps, so that those that it repeats after a reconnect are known.</summary>
internal sealed class SeenEvents
{
    const int Capacity = 256;

    readonly Queue<(long Time, string? Action, string? Id)> order = new();
    readonly HashSet<(long Time, string? Action, string? Id)> known = [];

    /// <summary>Notes an event.</summary>
    /// <returns>False when it was noted before. One without a time is always new.</returns>
    internal bool Add(EngineEvent next)
    {
        if (next.TimeNano is not { } time)
        {
            return true;
        }

        var key = (time, next.Action, next.Actor?.ID);
        if (!known.Add(key))
        {
            return false;
        }

        order.Enqueue(key);
        if (order.Count > Capacity)
        {
            known.Remove(order.Dequeue());
        }

        return true;
    }
}
