namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;

/// <summary>A folder of the host, below the root of artifacts, that a service's container sees.</summary>
public sealed record ServiceVolume
{
    /// <summary>The folder below <c>ROOT/DECKY/</c>: one relative name, such as <c>ssh</c>.</summary>
    [JsonPropertyName("folder")]
    public required string Folder { get; init; }

    /// <summary>Where the container sees it: an absolute path.</summary>
    [JsonPropertyName("path")]
    public required string Path { get; init; }

    /// <summary>Whether the container may only read.</summary>
    /// <value>Default: false.</value>
    [JsonPropertyName("read_only")]
    public bool ReadOnly { get; init; }
}
