namespace Decnet.Fleet.Reconciling;

using System.Buffers;
using System.Text;
using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Writes the event of a committed transition (DESIGN 5.9).</summary>
internal static class StateEvent
{
    internal const string Type = "state";

    internal static EventDraft Draft(
        HostId hostId, DeckyName name, string transition, DeckyState state, DeckyState? previous, string? reason)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("host_uuid", hostId.Value);
            writer.WriteString("name", name.Value);
            writer.WriteString("state", Token<DeckyState>.Of(state));
            writer.WriteString("transition", transition);
            writer.WriteString("source", "fleet");
            if (previous is { } before)
            {
                writer.WriteString("previous_state", Token<DeckyState>.Of(before));
            }

            if (reason is not null)
            {
                writer.WriteString("reason", reason);
            }

            writer.WriteEndObject();
        }

        return new EventDraft(Topic.DeckyState(hostId, name), Type, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
