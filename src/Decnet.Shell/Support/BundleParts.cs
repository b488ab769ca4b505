namespace Decnet.Shell.Support;

using System.Text.Json.Nodes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Model = Decnet.Fleet.Model;

/// <summary>
/// Writes what there is as JSON, without secrets. Hashes of configurations are left out: who has one can try out passwords until it fits.
/// </summary>
internal static class BundleParts
{
    internal static JsonNode Desired(DesiredState state) => state switch
    {
        DesiredState.Known known => new JsonObject
        {
            ["state"] = "known",
            ["generation"] = known.Generation,
            ["origin"] = Token<FleetFileOrigin>.Of(known.Origin),
            ["warnings"] = Texts(known.Warnings.Select(warning => warning.ToString())),
            ["fleet"] = JsonNode.Parse(FleetJson.Write(KnownSecrets.Hide(known.Fleet))),
        },
        DesiredState.Corrupt { Reason: var reason } => new JsonObject { ["state"] = "corrupt", ["reason"] = reason },
        DesiredState.Missing { Reason: var reason } => new JsonObject { ["state"] = "missing", ["reason"] = reason },
        _ => throw new InvalidOperationException("There is no other state."),
    };

    internal static JsonNode Row(Model.DeckyRow row, FleetCatalog catalog) => new JsonObject
    {
        ["host"] = row.HostId.Value,
        ["name"] = row.Name.Value,
        ["state"] = Token<DeckyState>.Of(row.State),
        ["reason"] = row.Reason,
        ["last_seen"] = Time(row.LastSeen),
        ["updated_at"] = Time(row.UpdatedAt),
        ["revision"] = row.Revision,
        ["config"] = Config(row, catalog),
    };

    internal static JsonNode Operation(Model.Operation operation) => new JsonObject
    {
        ["id"] = operation.Id.ToString(),
        ["host"] = operation.HostId.Value,
        ["decky"] = operation.DeckyName.Value,
        ["kind"] = Token<OperationKind>.Of(operation.Kind),
        ["status"] = Token<OperationStatus>.Of(operation.Status),
        ["error"] = operation.Error,
        ["attempt"] = operation.Attempt,
        ["created_at"] = Time(operation.CreatedAt),
        ["started_at"] = Time(operation.StartedAt),
        ["updated_at"] = Time(operation.UpdatedAt),
        ["completed_at"] = Time(operation.CompletedAt),
        ["deadline"] = Time(operation.Deadline),
    };

    internal static JsonNode Event(DecnetEvent happened) => new JsonObject
    {
        ["sequence"] = happened.Sequence,
        ["time"] = Time(happened.Time),
        ["topic"] = happened.Topic,
        ["type"] = happened.Type,
        ["payload"] = JsonNode.Parse(happened.Payload),
    };

    internal static JsonNode Worker(Worker worker, DateTimeOffset now) => new JsonObject
    {
        ["name"] = worker.Name,
        ["host"] = worker.HostId.Value,
        ["process_id"] = worker.ProcessId,
        ["status"] = Token<WorkerStatus>.Of(worker.StatusAt(now)),
        ["started_at"] = Time(worker.StartedAt),
        ["last_beat"] = Time(worker.LastBeat),
        ["last_observed"] = Time(worker.LastObserved),
        ["stopped_at"] = Time(worker.StoppedAt),
    };

    internal static JsonNode Host(FleetHost host, DateTimeOffset now) => new JsonObject
    {
        ["host"] = host.HostId.Value,
        ["name"] = host.Name,
        ["address"] = host.Address,
        ["status"] = Token<FleetHostStatus>.Of(host.StatusAt(now)),
        ["enrolled_at"] = Time(host.EnrolledAt),
        ["last_heartbeat"] = Time(host.LastHeartbeat),
    };

    internal static JsonNode Suspension(Suspension order) => new JsonObject
    {
        ["host"] = order.HostId.Value,
        ["decky"] = order.DeckyName?.Value,
        ["by"] = order.By,
        ["at"] = Time(order.At),
        ["reason"] = order.Reason,
    };

    internal static JsonNode Status(FleetStatus status) => new JsonObject
    {
        ["host"] = status.HostId.Value,
        ["at"] = Time(status.At),
        ["unreachable"] = status.Unreachable,
        ["deckies"] = List(status.Deckies, decky => new JsonObject
        {
            ["name"] = decky.Name.Value,
            ["host"] = decky.HostId.Value,
            ["address"] = decky.IPAddress?.ToString(),
            ["services"] = Texts(decky.Services),
            ["state"] = Token<DeckyState>.Of(decky.State),
            ["reason"] = decky.Reason,
            ["desired"] = decky.IsDesired,
            ["suspended"] = decky.Suspension is not null,
            ["next_mutation"] = Time(decky.NextMutation),
        }),
    };

    internal static JsonNode Plan(ReconcilePlan plan) => new JsonObject
    {
        ["host"] = plan.HostId.Value,
        ["made_at"] = Time(plan.MadeAt),
        ["converged"] = plan.IsConverged,
        ["steps"] = List(plan.Steps, step => new JsonObject
        {
            ["action"] = Token<PlanAction>.Of(step.Action),
            ["decky"] = step.DeckyName,
            ["container"] = step.Container,
            ["service"] = step.ServiceName,
            ["reason"] = step.Reason,
        }),
        ["holds"] = List(plan.Holds, hold => new JsonObject
        {
            ["kind"] = Token<HoldKind>.Of(hold.Kind),
            ["reason"] = hold.Reason,
            ["deckies"] = Texts(hold.Deckies),
            ["until"] = Time(hold.Until),
        }),
        ["strays"] = Texts(plan.Strays.Select(stray => stray.Name)),
    };

    internal static JsonNode Container(ObservedContainer container) => new JsonObject
    {
        ["id"] = container.Id,
        ["name"] = container.Name,
        ["decky"] = container.DeckyName,
        ["role"] = Token<ContainerRole>.Of(container.Role),
        ["service"] = container.ServiceName,
        ["host"] = container.HostId,
        ["ours"] = container.ConfigHash is not null,
        ["state"] = Token<ContainerState>.Of(container.State),
        ["health"] = Token<ContainerHealth>.Of(container.Health),
        ["exit_code"] = container.ExitCode,
        ["network_container_id"] = container.NetworkContainerId,
        ["network_lost"] = container.NetworkLost,
    };

    internal static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    internal static JsonArray Texts(IEnumerable<string> texts) => List(texts, text => JsonValue.Create(text));

    internal static JsonNode? Time(DateTimeOffset? time) =>
        time is { } known ? JsonValue.Create(known.ToString("O", System.Globalization.CultureInfo.InvariantCulture)) : null;

    /// <summary>The configuration of a row; nothing of one that cannot be read, since its secrets cannot be told from the rest.</summary>
    static JsonNode? Config(Model.DeckyRow row, FleetCatalog catalog)
    {
        try
        {
            return JsonNode.Parse(FleetJson.Write(KnownSecrets.Hide(FleetJson.ReadDecky(row.ConfigJson), catalog)));
        }
        catch (System.Text.Json.JsonException)
        {
            return "cannot be read, and is left out";
        }
    }
}
