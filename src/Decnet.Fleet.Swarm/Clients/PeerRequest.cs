namespace Decnet.Fleet.Swarm.Clients;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

/// <summary>A request that can be sent.</summary>
/// <param name="Path">The path, such as <c>/health</c>.</param>
/// <param name="Body">The body as JSON in UTF-8; null for GET.</param>
internal sealed record PeerRequest(string Path, byte[]? Body = null)
{
    internal static PeerRequest Post<T>(string path, T body, JsonTypeInfo<T> type) => new(path, JsonSerializer.SerializeToUtf8Bytes(body, type));
}
