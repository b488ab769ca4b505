namespace Decnet.Fleet.Operations;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Writes the event of a change of services: topic <c>decky.NAME.mutation</c>.</summary>
internal static class MutationEvent
{
    internal const string Type = "mutation";

    internal static EventDraft Draft(HostId hostId, Decky before, Decky after, MutationTrigger trigger) =>
        Draft(hostId, after.Name, before.Services, after.Services, trigger);

    internal static EventDraft Draft(HostId hostId, DeckyName name, ValueList<string> before, ValueList<string> after, MutationTrigger trigger)
    {
        var payload = EventPayload.Write(writer =>
        {
            writer.WriteString("host_uuid", hostId.Value);
            writer.WriteString("name", name.Value);
            writer.WriteString("decky", name.Value);
            Write(writer, "old_services", before);
            Write(writer, "new_services", after);
            writer.WriteString("trigger", Token<MutationTrigger>.Of(trigger));
        });
        return new EventDraft(Topic.DeckyMutation(name), Type, payload);
    }

    static void Write(Utf8JsonWriter writer, string name, ValueList<string> services)
    {
        writer.WriteStartArray(name);
        foreach (var service in services)
        {
            writer.WriteStringValue(service);
        }

        writer.WriteEndArray();
    }
}
