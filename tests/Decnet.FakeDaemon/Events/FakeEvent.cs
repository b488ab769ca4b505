namespace Decnet.FakeDaemon.Events;

/// <summary>An event of an engine.</summary>
public sealed record FakeEvent
{
    /// <summary>The type: <c>container</c>, <c>network</c>, <c>image</c>, <c>daemon</c>.</summary>
    public string Type { get; init; } = "container";

    /// <summary>What happened: <c>die</c>, <c>start</c>, <c>health_status: unhealthy</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of what it happened to.</summary>
    public required string ActorId { get; init; }

    /// <summary>The attributes: of a container its labels, <c>image</c>, <c>name</c> and for some actions more, such as <c>exitCode</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The time in nanoseconds since 1970.</summary>
    /// <value>Default: 0, that is the moment when a script sends it; later than that of the event before.</value>
    public long TimeNano { get; init; }

    /// <summary>An event of a container.</summary>
    /// <param name="action">What happened.</param>
    /// <param name="id">The container's id.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="attributes">The labels, and what else the action brings.</param>
    public static FakeEvent Of(string action, string id, string name, params IEnumerable<KeyValuePair<string, string>> attributes) => new()
    {
        Action = action,
        ActorId = id,
        Attributes = new Dictionary<string, string>(attributes) { ["image"] = "busybox:1.36", ["name"] = name },
    };
}
