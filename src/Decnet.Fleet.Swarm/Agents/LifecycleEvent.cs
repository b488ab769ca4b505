namespace Decnet.Fleet.Swarm.Agents;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>The transition of an operation, as <see cref="OperationEvent"/> writes it into the event log.</summary>
internal sealed record LifecycleEvent(long Sequence, Guid OperationId, DeckyName Name, OperationKind Kind, OperationStatus Status, string? Error)
{
    /// <summary>Reads an event; null when it is no transition of an operation of the host.</summary>
    internal static LifecycleEvent? TryRead(DecnetEvent entry, HostId hostId)
    {
        if (entry.Type != OperationEvent.Type)
        {
            return null;
        }

        try
        {
            var payload = entry.ParsePayload();
            return payload.GetProperty("host_uuid").GetString() != hostId.Value
                ? null
                : new LifecycleEvent(
                    entry.Sequence,
                    payload.GetProperty("lifecycle_id").GetGuid(),
                    DeckyName.Parse(payload.GetProperty("name").GetString() ?? ""),
                    Token<OperationKind>.Parse(payload.GetProperty("operation").GetString() ?? ""),
                    Token<OperationStatus>.Parse(payload.GetProperty("status").GetString() ?? ""),
                    payload.TryGetProperty("error", out var error) ? error.GetString() : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            // Somebody else writes events of this type, too.
            return null;
        }
    }
}
