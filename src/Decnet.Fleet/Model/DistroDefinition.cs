namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;

/// <summary>A Linux distribution that a base container can run.</summary>
public sealed record DistroDefinition
{
    /// <summary>The identifier, such as <c>ubuntu22</c>.</summary>
    [JsonPropertyName("slug")]
    public required string Slug { get; init; }

    /// <summary>The name for people.</summary>
    [JsonPropertyName("display_name")]
    public required string DisplayName { get; init; }

    /// <summary>The image with tag and digest.</summary>
    [JsonPropertyName("image")]
    public required string Image { get; init; }

    /// <summary>The image that service images are built on; it has <c>apt</c>.</summary>
    [JsonPropertyName("build_base")]
    public required string BuildBase { get; init; }

    /// <summary>How hosts are named.</summary>
    [JsonPropertyName("hostname_style")]
    public HostnameStyle HostnameStyle { get; init; }

    /// <summary>In a user's catalog: that the entry replaces a built-in one of the same slug on purpose.</summary>
    /// <value>Default: false.</value>
    [JsonPropertyName("override")]
    public bool Override { get; init; }
}
