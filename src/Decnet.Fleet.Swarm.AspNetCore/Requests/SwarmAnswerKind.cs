namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Text.Json.Serialization.Metadata;

/// <summary>A kind of answer of a <see cref="SwarmRoute"/>.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Body">What the body is; null when there is none.</param>
internal sealed record SwarmAnswerKind(int Status, string Meaning, JsonTypeInfo? Body = null);
