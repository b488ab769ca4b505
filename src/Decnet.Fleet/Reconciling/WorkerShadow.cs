namespace Decnet.Fleet.Reconciling;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>Tells what a worker would do, each time that this becomes something else.</summary>
internal sealed class WorkerShadow(
    IStateStore store, HostId hostId, ReconcilerWorkerOptions options, TimeProvider clock, ILogger logger)
{
    // Who hears nothing takes it that there is nothing to do.
    ValueList<PlanStep> steps = [];
    ValueList<PlanHold> holds = [];

    internal async Task TellAsync(ReconcilePlan plan, CancellationToken cancellationToken)
    {
        if (plan.Steps.Equals(steps) && plan.Holds.Equals(holds))
        {
            return;
        }

        var told = new EventDraft(Topic.WorkerShadow(options.Name), "shadow", Payload(plan));
        await store.CommitAsync([new StateChange.Announce { Events = [told] }], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        steps = plan.Steps;
        holds = plan.Holds;
        ReconcilerLog.Shadow(logger, plan);
        options.Plans?.Report(plan);
    }

    string Payload(ReconcilePlan plan)
    {
        return EventPayload.Write(writer =>
        {
            writer.WriteString("worker", options.Name);
            writer.WriteString("host_uuid", hostId.Value);
            writer.WriteString("fingerprint", plan.Fingerprint);
            writer.WriteStartArray("steps");
            foreach (var step in plan.Steps)
            {
                Write(writer, step);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("holds");
            foreach (var hold in plan.Holds)
            {
                Write(writer, hold);
            }

            writer.WriteEndArray();
        });
    }

    static void Write(Utf8JsonWriter writer, PlanStep step)
    {
        writer.WriteStartObject();
        writer.WriteString("action", Token<PlanAction>.Of(step.Action));
        writer.WriteString("decky", step.DeckyName);
        if (step.Container is not null)
        {
            writer.WriteString("container", step.Container);
        }

        writer.WriteString("reason", step.Reason);
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, PlanHold hold)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Token<HoldKind>.Of(hold.Kind));
        writer.WriteString("reason", hold.Reason);
        writer.WriteStartArray("deckies");
        foreach (var decky in hold.Deckies)
        {
            writer.WriteStringValue(decky);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
