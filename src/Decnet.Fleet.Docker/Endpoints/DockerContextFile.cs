namespace Decnet.Fleet.Docker.Endpoints;

using System.Text.Json.Serialization;

/// <summary>What Decnet reads of the <c>meta.json</c> of a docker context.</summary>
internal sealed record DockerContextFile(IReadOnlyDictionary<string, DockerContextFile.Endpoint?>? Endpoints)
{
    /// <summary>One endpoint of a context.</summary>
    internal sealed record Endpoint(string? Host, [property: JsonPropertyName("SkipTLSVerify")] bool SkipTlsVerify);
}
