namespace Decnet.FakeDaemon;

using System.Text;

/// <summary>A request as it came over the socket.</summary>
public sealed record FakeRequest
{
    /// <summary>The method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The decoded path without the version and the query: <c>/containers/json</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The target as sent, with version and query.</summary>
    public required string RawPath { get; init; }

    /// <summary>The version in the path, such as <c>1.41</c>; null when there is none.</summary>
    public string? PathVersion { get; init; }

    /// <summary>The newest version of the engine that answers.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The version whose shapes the answer has: that of the path, else the engine's.</summary>
    public string ApiVersion => PathVersion ?? EngineVersion;

    /// <summary>The decoded query; of a name that occurs twice, the last.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>The headers, whose names have no case; of a name that occurs twice, both joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body, without chunked coding.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The body as UTF-8.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>The number of the connection, counted from 1.</summary>
    public required int Connection { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {RawPath}";
}
