namespace Decnet.Simulation.Tests.Killing;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Xunit;

/// <summary>Tells from the state events alone which rows there should be.</summary>
static class EventReplay
{
    public static async Task<SortedDictionary<string, DeckyState>> RunAsync(IEventLog log)
    {
        var rows = new SortedDictionary<string, DeckyState>(StringComparer.Ordinal);
        var last = 0L;
        for (var page = await log.ReadAsync(0); page.Events.Count > 0; page = await log.ReadAsync(page.Next))
        {
            Assert.Equal(0, page.Missed);
            foreach (var happened in page.Events)
            {
                Assert.Equal(++last, happened.Sequence);
                Apply(rows, happened);
            }
        }

        Assert.Equal(last, await log.GetLastSequenceAsync());
        return rows;
    }

    static void Apply(SortedDictionary<string, DeckyState> rows, DecnetEvent happened)
    {
        var payload = happened.ParsePayload();
        var name = payload.GetProperty("name").GetString()!;
        Assert.Equal(Topic.DeckyState(HostId.Local, DeckyName.Parse(name)), happened.Topic);
        var state = Token<DeckyState>.Parse(payload.GetProperty("state").GetString()!);
        var known = rows.TryGetValue(name, out var before);
        var transition = payload.GetProperty("transition").GetString();
        Assert.True(known == (transition != "inserted"), $"event {happened.Sequence}: {transition} of {name}, which {(known ? "was" : "was not")} there");
        if (payload.TryGetProperty("previous_state", out var previous))
        {
            Assert.True(
                Token<DeckyState>.Parse(previous.GetString()!) == before,
                $"event {happened.Sequence}: {transition} of {name} from {previous}, and it was {before}");
        }

        switch (transition)
        {
            case "deleted":
                rows.Remove(name);
                break;
            case "inserted" or "state_changed" or "repaired":
                rows[name] = state;
                break;
            default:
                Assert.Equal("config_changed", transition);
                Assert.True(state == before, $"event {happened.Sequence}: {transition} of {name} as {state}, and it was {before}");
                break;
        }
    }
}
