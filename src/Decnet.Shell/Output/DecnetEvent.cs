namespace Decnet.Shell.Output;

using Model = Decnet.Fleet.Model;

/// <summary>Something that happened.</summary>
public sealed record DecnetEvent
{
    /// <summary>The position in the log; it grows by 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The topic, such as <c>decky.local:web-01.state</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>What sort of payload it has, such as <c>state</c>, <c>lifecycle</c> or <c>health</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it tells, by key; as text, its JSON.</summary>
    public required EventPayload Payload { get; init; }

    internal static DecnetEvent Of(Model.DecnetEvent happened) => new()
    {
        Sequence = happened.Sequence,
        Time = happened.Time,
        Topic = happened.Topic,
        Type = happened.Type,
        Payload = EventPayload.Of(happened.ParsePayload()),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Topic} {Payload}";
}
