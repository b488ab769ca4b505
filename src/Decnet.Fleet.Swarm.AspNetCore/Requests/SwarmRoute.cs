namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Text.Json.Serialization.Metadata;

/// <summary>One thing that can be asked of a side, as the mapping of endpoints and the OpenAPI document both use it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without variables.</param>
/// <param name="Name">A name for generated clients.</param>
/// <param name="Summary">What it does, in one line.</param>
internal sealed record SwarmRoute(string Method, string Path, string Name, string Summary)
{
    /// <summary>What the body is; null when there is none.</summary>
    internal JsonTypeInfo? Body { get; init; }

    /// <summary>The longest body that is read, in bytes.</summary>
    internal int MaxBytes { get; init; }

    /// <summary>The answers that say that all went well, by status code.</summary>
    internal required IReadOnlyList<SwarmAnswerKind> Answers { get; init; }

    /// <summary>The status codes of the problems that it can answer, beside those that every request can meet.</summary>
    internal IReadOnlyList<int> Problems { get; init; } = [];
}
