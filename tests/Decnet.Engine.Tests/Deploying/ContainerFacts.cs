namespace Decnet.Engine.Tests.Deploying;

using System.Text.Json;

/// <summary>A container as <c>docker inspect</c> shows it. Two are equal when it is the same container in the same run.</summary>
/// <param name="Id">The id.</param>
/// <param name="State">The state, such as <c>running</c>.</param>
/// <param name="StartedAt">When it last started.</param>
sealed record ContainerFacts(string Id, string State, string StartedAt)
{
    internal static ContainerFacts Of(JsonElement inspected) => new(
        inspected.GetProperty("Id").GetString()!,
        inspected.GetProperty("State").GetProperty("Status").GetString()!,
        inspected.GetProperty("State").GetProperty("StartedAt").GetString()!);
}
