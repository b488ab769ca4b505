namespace Decnet.Daemon.Output;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary>Prints how a fleet is as JSON lines: one of kind <c>fleet</c>, then one for each decky and worker.</summary>
internal static class StatusJson
{
    internal static void Write(TextWriter output, FleetStatus status, IReadOnlyList<DeckyStatus> deckies)
    {
        JsonLines.Write(output, writer => WriteFleet(writer, status));
        foreach (var decky in deckies)
        {
            JsonLines.Write(output, writer => WriteDecky(writer, decky));
        }

        foreach (var worker in status.Workers)
        {
            JsonLines.Write(output, writer => WriteWorker(writer, worker, status.At));
        }
    }

    static void WriteFleet(Utf8JsonWriter writer, FleetStatus status)
    {
        writer.WriteString("kind", "fleet");
        writer.WriteString("host", status.HostId.Value);
        writer.WriteOptional("at", status.At);
        var (desired, problem) = status.Desired switch
        {
            DesiredState.Missing missing => ("missing", missing.Reason),
            DesiredState.Corrupt corrupt => ("corrupt", corrupt.Reason),
            _ => ("known", null),
        };
        writer.WriteString("desired", desired);
        writer.WriteOptional("desired_problem", problem);
        if (status.Desired is DesiredState.Known known)
        {
            writer.WriteNumber("generation", known.Generation);
            writer.WriteString("subnet", known.Fleet.Subnet.ToString());
            writer.WriteString("driver", Token<NetworkDriver>.Of(known.Fleet.Driver));
        }

        writer.WriteOptional("unreachable", status.Unreachable);
        WriteSuspension(writer, status.Suspension);
    }

    static void WriteDecky(Utf8JsonWriter writer, DeckyStatus decky)
    {
        writer.WriteString("kind", "decky");
        writer.WriteString("host", decky.HostId.Value);
        writer.WriteString("name", decky.Name.Value);
        writer.WriteString("state", Token<DeckyState>.Of(decky.State));
        writer.WriteOptional("reason", decky.Reason);
        writer.WriteOptional("address", decky.IPAddress?.ToString());
        writer.WriteTexts("services", decky.Services);
        writer.WriteBoolean("desired", decky.IsDesired);
        writer.WriteOptional("operation", decky.Operation is { } operation ? Token<OperationKind>.Of(operation.Kind) : null);
        writer.WriteOptional("operation_status", decky.Operation is { } open ? Token<OperationStatus>.Of(open.Status) : null);
        writer.WriteOptional("next_mutation", decky.NextMutation);
        writer.WriteOptional("last_seen", decky.Row?.LastSeen);
        WriteSuspension(writer, decky.Suspension);
    }

    static void WriteWorker(Utf8JsonWriter writer, Worker worker, DateTimeOffset now)
    {
        writer.WriteString("kind", "worker");
        writer.WriteString("host", worker.HostId.Value);
        writer.WriteString("name", worker.Name);
        writer.WriteString("status", Token<WorkerStatus>.Of(worker.StatusAt(now)));
        writer.WriteNumber("pid", worker.ProcessId);
        writer.WriteOptional("started_at", worker.StartedAt);
        writer.WriteOptional("last_beat", worker.LastBeat);
        writer.WriteOptional("last_observed", worker.LastObserved);
        writer.WriteOptional("stopped_at", worker.StoppedAt);
    }

    static void WriteSuspension(Utf8JsonWriter writer, Suspension? order)
    {
        if (order is null)
        {
            writer.WriteNull("suspended");
            return;
        }

        writer.WriteStartObject("suspended");
        writer.WriteString("by", order.By);
        writer.WriteOptional("at", order.At);
        writer.WriteOptional("reason", order.Reason);
        writer.WriteBoolean("whole_fleet", order.DeckyName is null);
        writer.WriteEndObject();
    }
}
