namespace Decnet.Fleet.Operations;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Writes messages to workers. Only who may write the store can send them.</summary>
internal static class ControlMessage
{
    internal const string Type = "control";

    internal static EventDraft Stop(string worker, HostId hostId, string requestedBy)
    {
        var payload = EventPayload.Write(writer =>
        {
            writer.WriteString("action", "stop");
            writer.WriteString("host_uuid", hostId.Value);
            writer.WriteString("requested_by", requestedBy);
        });
        return new EventDraft(Topic.WorkerControl(worker), Type, payload);
    }
}
