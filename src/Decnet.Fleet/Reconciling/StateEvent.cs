namespace Decnet.Fleet.Reconciling;

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
        var payload = EventPayload.Write(writer =>
        {
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
        });
        return new EventDraft(Topic.DeckyState(hostId, name), Type, payload);
    }
}
