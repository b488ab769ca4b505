namespace Decnet.Fleet.Model;

using System.Text.Json;

/// <summary>Something that happened, as the event log keeps it: written in the same transaction as the change it tells of.</summary>
public sealed record DecnetEvent
{
    /// <summary>The position in the log: starts at 1 and grows by 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the change was committed.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The topic, tokens separated by dots: <c>decky.local:web-01.state</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The type of the payload: <c>state</c>, <c>lifecycle</c>, <c>health</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The payload: the text of a JSON object.</summary>
    public required string Payload { get; init; }

    /// <summary>Parses the payload.</summary>
    /// <returns>A JSON object that owns its memory.</returns>
    public JsonElement ParsePayload()
    {
        using var document = JsonDocument.Parse(Payload);
        return document.RootElement.Clone();
    }
}
