namespace Decnet.Simulation.Tests.Simulating.Checking;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Replays the event log from its start: who follows it alone knows the state of every decky at every moment (I9).</summary>
internal sealed class EventReplay
{
    readonly SortedDictionary<string, string> states = new(StringComparer.Ordinal);
    readonly LifecycleReplay lifecycles = new();
    long position;

    internal long Events { get; private set; }

    internal async Task CheckAsync(IStateStore store)
    {
        var page = await ((IEventLog)store).ReadAsync(position, null, int.MaxValue);
        foreach (var entry in page.Events)
        {
            InvariantException.Require(entry.Sequence == ++position, "I9", $"event {entry.Sequence} follows event {position - 1}");
            if (entry.Type == "state")
            {
                Events++;
                Replay(entry);
            }
            else if (entry.Type == "lifecycle")
            {
                lifecycles.Add(entry);
            }
        }

        await lifecycles.CheckAsync(store);

        var rows = (await store.ListDeckiesAsync()).Select(row => KeyValuePair.Create($"{row.HostId}:{row.Name}", Token<DeckyState>.Of(row.State)));
        InvariantException.Require(
            states.SequenceEqual(rows.OrderBy(row => row.Key, StringComparer.Ordinal)),
            "I9",
            $"the events tell of {string.Join(", ", states)}, the rows are {string.Join(", ", rows)}");
    }

    void Replay(DecnetEvent entry)
    {
        var payload = entry.ParsePayload();
        var key = $"{Text(payload, "host_uuid")}:{Text(payload, "name")}";
        var transition = Text(payload, "transition");
        var state = Text(payload, "state")!;
        var previous = Text(payload, "previous_state");
        var known = states.GetValueOrDefault(key);
        InvariantException.Require(entry.Topic == $"decky.{key}.state", "I9", $"{entry} has the wrong topic");
        var fits = transition switch
        {
            "inserted" => known is null && previous is null,
            "deleted" => known is not null && previous == known && state == "torn_down",
            "state_changed" => known is not null && previous == known && state != known,
            "repaired" => known is not null && previous == known,
            "config_changed" => known is not null && state == known,
            _ => false,
        };
        InvariantException.Require(fits, "I9", $"{entry} does not follow from {known ?? "no row"}");
        if (transition == "deleted")
        {
            states.Remove(key);
        }
        else
        {
            states[key] = state;
        }
    }

    static string? Text(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) ? value.GetString() : null;
}
