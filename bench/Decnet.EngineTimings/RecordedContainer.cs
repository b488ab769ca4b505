namespace Decnet.EngineTimings;

using System.Text.Json.Nodes;

/// <summary>A container as the runtime asked the engine for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The path and query that made it.</param>
/// <param name="Body">The body that made it.</param>
internal sealed record RecordedContainer(string Name, string Path, string Body)
{
    const string Joins = "container:";

    /// <summary>The id of the base that it joined; null for a base.</summary>
    internal string? BaseId =>
        (string?)Parse()["HostConfig"]?["NetworkMode"] is { } mode && mode.StartsWith(Joins, StringComparison.Ordinal) ? mode[Joins.Length..] : null;

    internal JsonObject Parse() => JsonNode.Parse(Body)!.AsObject();

    /// <summary>The body with another base.</summary>
    internal string BodyOn(string newBaseId) => Body.Replace(Joins + BaseId, Joins + newBaseId, StringComparison.Ordinal);
}
