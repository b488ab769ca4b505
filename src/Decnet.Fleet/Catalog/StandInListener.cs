namespace Decnet.Fleet.Catalog;

using System.Text.Json.Serialization;

/// <summary>What is said on one TCP port, and to what.</summary>
internal sealed record StandInListener
{
    /// <summary>The slugs of the services that it stands in for.</summary>
    [JsonPropertyName("services")]
    public required string[] Services { get; init; }

    /// <summary>The TCP port.</summary>
    [JsonPropertyName("port")]
    public required int Port { get; init; }

    /// <summary>The personas that it is for: OS families and distributions.</summary>
    /// <value>Default: none, it is for all.</value>
    [JsonPropertyName("for")]
    public string[] For { get; init => field = value ?? []; } = [];

    /// <summary>What is said at once.</summary>
    /// <value>Default: nothing; the client begins.</value>
    [JsonPropertyName("greeting")]
    public string? Greeting { get; init; }

    /// <summary>What the client says.</summary>
    [JsonPropertyName("reads")]
    public StandInInput Reads { get; init; }

    /// <summary>The answers, of which the first that fits is given. What fits none ends the connection.</summary>
    [JsonPropertyName("rules")]
    public StandInRule[] Rules { get; init => field = value ?? []; } = [];

    /// <summary>The most that is answered in one connection.</summary>
    /// <value>Default: 20.</value>
    [JsonPropertyName("turns")]
    public int Turns { get; init => field = value > 0 ? value : 20; } = 20;
}
