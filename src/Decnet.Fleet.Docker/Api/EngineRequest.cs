namespace Decnet.Fleet.Docker.Api;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

/// <summary>One request to the engine, before it has an address and a version.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path without the version, beginning with a slash; its parts are escaped.</param>
internal sealed record EngineRequest(HttpMethod Method, string Path)
{
    /// <summary>How the request is called in messages.</summary>
    internal string Label => $"{Method} {Path}";

    /// <summary>The query with its question mark; empty for none.</summary>
    internal string Query { get; private init; } = "";

    /// <summary>How long it may take; null for no end, as with streams.</summary>
    internal required TimeSpan? Timeout { get; init; }

    /// <summary>Makes the body; null for none. A repeated request makes it anew.</summary>
    internal Func<HttpContent>? Content { get; init; }

    /// <summary>Whether the path gets the negotiated version.</summary>
    internal bool IsVersioned { get; init; } = true;

    internal string Accept { get; init; } = "application/json";

    /// <summary>The credentials of a registry for the header <c>X-Registry-Auth</c>; null for none.</summary>
    internal string? RegistryAuth { get; init; }

    internal EngineRequest With(string name, string value) =>
        this with { Query = $"{Query}{(Query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}" };

    internal static Func<HttpContent> Json<T>(T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return () => new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/json" } } };
    }
}
