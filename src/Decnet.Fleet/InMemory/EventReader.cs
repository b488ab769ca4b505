namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Reads pages of the event log out of the tables.</summary>
internal static class EventReader
{
    internal static EventPage Read(StoreTables tables, long after, TopicPattern? pattern, int limit)
    {
        var lastGone = tables.LastSequence - tables.Events.Count;
        var found = new List<DecnetEvent>();
        for (var i = (int)Math.Clamp(after - lastGone, 0, tables.Events.Count); i < tables.Events.Count; i++)
        {
            var entry = tables.Events[i];
            if (pattern is null || pattern.Matches(entry.Topic))
            {
                found.Add(entry);
                if (found.Count == limit)
                {
                    break;
                }
            }
        }

        // A full page ends with its last event; any other page looked at the whole log.
        var next = found.Count == limit ? found[^1].Sequence : Math.Max(after, tables.LastSequence);
        return new EventPage(found, next, Math.Max(0, lastGone - after));
    }
}
