namespace Decnet.FakeDaemon.Listing;

/// <summary>A container as a listing shows it.</summary>
public sealed record FakeContainer
{
    /// <summary>The id, 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name, without a leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The labels; the engine sorts them by name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The state, such as <c>running</c>, <c>exited</c> or <c>created</c>.</summary>
    public string State { get; init; } = "running";

    /// <summary>The state for people, where old engines hide the health and the exit code: <c>Up 2 hours (healthy)</c>.</summary>
    public string Status { get; init; } = "Up 2 hours";

    /// <summary>The network mode: a network's name, or <c>container:</c> and an id.</summary>
    public string NetworkMode { get; init; } = "default";

    /// <summary>The health as API 1.52 and later tells it: <c>none</c>, <c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</summary>
    public string Health { get; init; } = "none";

    /// <summary>How often in a row the health check failed.</summary>
    public int FailingStreak { get; init; }

    /// <summary>The image's reference.</summary>
    public string Image { get; init; } = "busybox:1.36";

    /// <summary>The image's id.</summary>
    public string ImageId { get; init; } = "sha256:440d50571aeae20aceb04b5daa7bf0b588b3a5ca0a9bd0e5bb7529290526a844";

    /// <summary>The command for people.</summary>
    public string Command { get; init; } = "/bin/sleep infinity";

    /// <summary>When it was created, in seconds since 1970.</summary>
    public long Created { get; init; } = 1_795_243_090;

    /// <summary>Its places on networks; none when it joined another container's.</summary>
    public IReadOnlyList<FakeEndpoint> Endpoints { get; init; } = [];
}
