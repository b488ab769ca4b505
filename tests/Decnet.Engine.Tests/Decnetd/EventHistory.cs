namespace Decnet.Engine.Tests.Decnetd;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>The whole event log, read once.</summary>
sealed class EventHistory
{
    readonly ILookup<string, JsonElement> byType;

    EventHistory(IEnumerable<DecnetEvent> events) =>
        byType = events.ToLookup(happened => happened.Type, happened => JsonElement.Parse(happened.Payload));

    /// <summary>The operations that anything was told of.</summary>
    internal IEnumerable<Guid> Operations => byType["lifecycle"].Select(payload => payload.GetProperty("lifecycle_id").GetGuid()).Distinct();

    /// <summary>The deckies whose state anything was told of.</summary>
    internal IEnumerable<string> Deckies => byType["state"].Select(payload => Text(payload, "name")).Distinct();

    internal static async Task<EventHistory> ReadAsync(IEventLog log)
    {
        var events = new List<DecnetEvent>();
        for (var page = await log.ReadAsync(0); page.Events.Count > 0; page = await log.ReadAsync(page.Next))
        {
            events.AddRange(page.Events);
        }

        return new EventHistory(events);
    }

    /// <summary>The statuses that an operation went through.</summary>
    internal IEnumerable<string> StatusesOf(Guid operation) => byType["lifecycle"]
        .Where(payload => payload.GetProperty("lifecycle_id").GetGuid() == operation)
        .Select(payload => Text(payload, "status"));

    /// <summary>What became of a decky, such as <c>inserted pending</c>.</summary>
    internal IEnumerable<string> TransitionsOf(string decky) => byType["state"]
        .Where(payload => Text(payload, "name") == decky)
        .Select(payload => $"{Text(payload, "transition")} {Text(payload, "state")}");

    static string Text(JsonElement payload, string name) => payload.GetProperty(name).GetString()!;
}
