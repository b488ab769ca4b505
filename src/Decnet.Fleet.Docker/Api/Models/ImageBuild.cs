namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>How an image is built from an archive with its files.</summary>
internal sealed record ImageBuild
{
    /// <summary>The name of the image, such as <c>decnet/ssh:1</c>.</summary>
    public required string Tag { get; init; }

    /// <summary>The path of the instructions in the archive.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Arguments { get; init; }
}
