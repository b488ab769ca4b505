namespace Decnet.Fleet.Operations;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Writes the event of an operation's transition: topic <c>decky.NAME.lifecycle</c>.</summary>
internal static class OperationEvent
{
    internal const string Type = "lifecycle";

    /// <summary>The event of an operation that has just come into its status.</summary>
    internal static EventDraft Draft(Operation operation)
    {
        var payload = EventPayload.Write(writer =>
        {
            writer.WriteString("lifecycle_id", operation.Id);
            writer.WriteString("host_uuid", operation.HostId.Value);
            writer.WriteString("name", operation.DeckyName.Value);
            writer.WriteString("operation", Token<OperationKind>.Of(operation.Kind));
            writer.WriteString("status", Token<OperationStatus>.Of(operation.Status));
            if (operation.Error is { } error)
            {
                writer.WriteString("error", error);
            }
        });
        return new EventDraft(Topic.DeckyLifecycle(operation.DeckyName), Type, payload);
    }
}
