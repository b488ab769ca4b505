namespace Decnet.Fleet.Docker.Api;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

/// <summary>One request to the engine, before it has an address and a version.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path without the version, beginning with a slash; its parts are escaped.</param>
internal sealed record EngineRequest(HttpMethod Method, string Path)
{
    /// <summary>How the request is called by programs.</summary>
    internal string Label => $"{Method} {Path}";

    /// <summary>How the request is called in messages.</summary>
    internal string Name => Subject is null ? Label : $"{Label} ({Subject})";

    /// <summary>What it is about when the path does not say so, such as the image of a pull.</summary>
    internal string? Subject { get; init; }

    /// <summary>The query with its question mark; empty for none.</summary>
    internal string Query { get; private init; } = "";

    /// <summary>How long it may take, of a stream how long until it begins; null for no end.</summary>
    internal required TimeSpan? Timeout { get; init; }

    /// <summary>Makes the body for a version; null for none. A repeated request makes it anew, since the version can be another one.</summary>
    internal Func<ApiVersion, HttpContent>? Content { get; init; }

    /// <summary>A tar archive as the body; null for none. Each part that is sent gives the request its time anew.</summary>
    internal Stream? Archive { get; init; }

    /// <summary>Whether the path gets the negotiated version.</summary>
    internal bool IsVersioned { get; init; } = true;

    /// <summary>Whether 304 means that things are as asked already.</summary>
    internal bool CanBeDone { get; init; }

    internal string Accept { get; init; } = "application/json";

    /// <summary>The credentials of a registry for the header <c>X-Registry-Auth</c>; null for none.</summary>
    internal string? RegistryAuth { get; init; }

    internal EngineRequest With(string name, string? value) =>
        value is null ? this : this with { Query = $"{Query}{(Query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}" };

    /// <summary>An id or a name as a part of a path. The slashes of an image's name stay, as the engine expects them.</summary>
    internal static string Escape(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Array.Exists(name.Split('/'), static part => part is "" or "." or "..")
            ? throw new ArgumentException($"'{name}' names nothing of an engine.", nameof(name))
            : Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
    }

    internal static Func<ApiVersion, HttpContent> Json<T>(T body, JsonTypeInfo<T> type) => Json(_ => body, type);

    internal static Func<ApiVersion, HttpContent> Json<T>(Func<ApiVersion, T> body, JsonTypeInfo<T> type) =>
        version => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body(version), type)) { Headers = { { "Content-Type", "application/json" } } };
}
