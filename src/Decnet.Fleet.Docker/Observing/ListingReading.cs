namespace Decnet.Fleet.Docker.Observing;

using System.Text.Json;
using Decnet.Fleet.Containers;

/// <summary>The steps of reading that the fields of a listing have in common. A method that returns false needs more bytes.</summary>
internal static class ListingReading
{
    /// <summary>Enters an object or a list; null is an empty one.</summary>
    /// <returns>False when it is null.</returns>
    internal static bool Enters(ref Utf8JsonReader reader, JsonTokenType begin, string field) =>
        reader.TokenType == begin || (reader.TokenType == JsonTokenType.Null ? false : throw Unexpected(ref reader, field));

    /// <summary>Goes to the value of the next property of this name in an object, or to the object's end.</summary>
    internal static bool TryFind(ref Utf8JsonReader reader, ReadOnlySpan<byte> property, out bool found)
    {
        found = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var wanted = reader.ValueIsEscaped ? reader.ValueTextEquals(property) : reader.ValueSpan.SequenceEqual(property);
            if (!reader.Read())
            {
                return false;
            }

            if (wanted)
            {
                found = true;
                return true;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    internal static ContainerState StateOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("running"u8) ? ContainerState.Running
        : word.SequenceEqual("exited"u8) ? ContainerState.Exited
        : word.SequenceEqual("created"u8) ? ContainerState.Created
        : word.SequenceEqual("paused"u8) ? ContainerState.Paused
        : word.SequenceEqual("restarting"u8) ? ContainerState.Restarting
        : word.SequenceEqual("removing"u8) ? ContainerState.Removing
        : word.SequenceEqual("dead"u8) ? ContainerState.Dead
        : ContainerState.Unknown;

    /// <summary>The health that newer engines list; null for a word that says nothing, so that the status text decides.</summary>
    internal static ContainerHealth? HealthOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("healthy"u8) ? ContainerHealth.Healthy
        : word.SequenceEqual("unhealthy"u8) ? ContainerHealth.Unhealthy
        : word.SequenceEqual("starting"u8) ? ContainerHealth.Starting
        : word.SequenceEqual("none"u8) ? ContainerHealth.None
        : null;

    internal static JsonException Unexpected(ref Utf8JsonReader reader, string field) =>
        new($"{field} of a container is {reader.TokenType}, which the engine does not write there.");
}
