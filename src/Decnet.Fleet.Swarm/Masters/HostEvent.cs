namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Writes what happens to hosts: topic <c>host.HOST.state</c>, and <c>host.HOST.farewell</c> of one that removed itself.</summary>
internal static class HostEvent
{
    internal const string Type = "host";

    /// <summary>The event of a change.</summary>
    /// <param name="host">The host as it is then.</param>
    /// <param name="transition">What happened: <c>enrolled</c>, <c>active</c>, <c>silent</c>, <c>lost</c>, <c>aged</c> (its rows), <c>renewing</c>, <c>renewed</c> or <c>removed</c>.</param>
    /// <param name="previous">How it was; null when that is not what changed.</param>
    /// <param name="reason">Why; null when there is nothing to say.</param>
    internal static EventDraft Draft(FleetHost host, string transition, FleetHostStatus? previous = null, string? reason = null) => new(
        $"host.{host.HostId.Value}.state",
        Type,
        EventPayload.Write(writer =>
        {
            writer.WriteString("host_uuid", host.HostId.Value);
            writer.WriteString("name", host.Name);
            writer.WriteString("status", Token<FleetHostStatus>.Of(host.Status));
            writer.WriteString("transition", transition);
            if (previous is { } before)
            {
                writer.WriteString("previous_status", Token<FleetHostStatus>.Of(before));
            }

            if (reason is not null)
            {
                writer.WriteString("reason", reason);
            }
        }));

    /// <summary>The event of a host that has removed itself, or failed to.</summary>
    internal static EventDraft Farewell(FleetHost host, Contract.HostFarewell farewell) => new(
        $"host.{host.HostId.Value}.farewell",
        Type,
        EventPayload.Write(writer =>
        {
            writer.WriteString("host_uuid", host.HostId.Value);
            writer.WriteString("name", host.Name);
            writer.WriteString("operation_id", farewell.OperationId);
            writer.WriteBoolean("succeeded", farewell.Succeeded);
            Write("removed", farewell.Removed);
            Write("failed", farewell.Failed);

            void Write(string name, ValueList<string> items)
            {
                writer.WriteStartArray(name);
                foreach (var item in items)
                {
                    writer.WriteStringValue(item);
                }

                writer.WriteEndArray();
            }
        }));
}
