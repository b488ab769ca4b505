namespace Decnet.Fleet.Reconciling;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>
/// Takes the messages to one worker. It remembers how far it has read, so that a subscription that is renewed after a failure
/// misses none.
/// </summary>
internal sealed class WorkerControl(IEventLog events, HostId hostId, string worker)
{
    readonly TopicPattern topic = TopicPattern.Parse(Topic.WorkerControl(worker));
    long? read;

    /// <summary>Who told the worker to stop; null when nobody did, or did not say who.</summary>
    internal string? RequestedBy { get; private set; }

    /// <summary>Settles where to begin: what was sent before is not for this life of the worker.</summary>
    internal async Task BeginAsync(CancellationToken cancellationToken) =>
        read = await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until somebody tells the worker to stop.</summary>
    /// <returns>True when somebody did; false when the subscription ended before.</returns>
    internal async Task<bool> WaitForStopAsync(CancellationToken cancellationToken)
    {
        if (read is null)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        await foreach (var message in events.FollowAsync(read, topic, cancellationToken).ConfigureAwait(false))
        {
            read = message.Sequence;
            if (Payload(message) is { } payload && IsForThisHost(payload) && Text(payload, "action") == "stop")
            {
                RequestedBy = Text(payload, "requested_by");
                return true;
            }
        }

        return false;
    }

    bool IsForThisHost(JsonElement payload) =>
        !payload.TryGetProperty("host_uuid", out var host) || host.ValueKind == JsonValueKind.Null || Text(payload, "host_uuid") == hostId.Value;

    static JsonElement? Payload(DecnetEvent message)
    {
        try
        {
            return message.ParsePayload() is { ValueKind: JsonValueKind.Object } payload ? payload : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
