namespace Decnet.Fleet.Reconciling;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>Writes plans as JSON and reads them back, so that a plan can be made, looked at and applied by different programs.</summary>
public static class ReconcilePlanJson
{
    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>Indented JSON.</returns>
    public static string Write(ReconcilePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var document = new PlanDocument
        {
            HostId = plan.HostId,
            MadeAt = plan.MadeAt,
            Repair = plan.Options.Repair,
            MaxDeletions = plan.Options.MaxDeletions.ToString(),
            RemoveStrays = plan.Options.RemoveStrays,
            Fingerprint = plan.Fingerprint,
            IsConverged = plan.IsConverged,
            Steps = plan.Steps,
            Holds = plan.Holds,
            Strays = plan.Strays,
            Scope = plan.Scope is null ? null : [.. plan.Scope.Order(StringComparer.Ordinal)],
        };
        return JsonSerializer.Serialize(document, PlanJsonContext.Default.PlanDocument);
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="json">What <see cref="Write"/> wrote.</param>
    /// <returns>The plan, which can be applied as if it had just been made.</returns>
    /// <exception cref="JsonException">The text is no plan.</exception>
    public static ReconcilePlan Read(string json)
    {
        var document = JsonSerializer.Deserialize(json, PlanJsonContext.Default.PlanDocument)
            ?? throw new JsonException("A plan was expected, not null.");
        var options = new ReconcileOptions
        {
            Repair = document.Repair,
            MaxDeletions = DeletionBudget.TryParse(document.MaxDeletions, out var budget)
                ? budget
                : throw new JsonException($"'{document.MaxDeletions}' is not a deletion budget."),
            RemoveStrays = document.RemoveStrays,
        };
        return new ReconcilePlan(
            document.HostId, document.MadeAt, options, document.Steps, document.Holds, document.Strays, new Lazy<string>(document.Fingerprint))
        {
            Scope = document.Scope?.ToHashSet(StringComparer.Ordinal),
        };
    }

    internal sealed record PlanDocument
    {
        [JsonPropertyName("host")]
        public required HostId HostId { get; init; }

        [JsonPropertyName("made_at")]
        public required DateTimeOffset MadeAt { get; init; }

        [JsonPropertyName("repair"), JsonConverter(typeof(TokenConverter<RepairMode>))]
        public required RepairMode Repair { get; init; }

        [JsonPropertyName("max_deletions")]
        public required string MaxDeletions { get; init; }

        [JsonPropertyName("remove_strays")]
        public required bool RemoveStrays { get; init; }

        [JsonPropertyName("fingerprint")]
        public required string Fingerprint { get; init; }

        [JsonPropertyName("converged")]
        public required bool IsConverged { get; init; }

        [JsonPropertyName("steps"), JsonConverter(typeof(ValueListConverter<PlanStep>))]
        public required ValueList<PlanStep> Steps { get; init; }

        [JsonPropertyName("holds"), JsonConverter(typeof(ValueListConverter<PlanHold>))]
        public required ValueList<PlanHold> Holds { get; init; }

        [JsonPropertyName("strays"), JsonConverter(typeof(ValueListConverter<ObservedContainer>))]
        public required ValueList<ObservedContainer> Strays { get; init; }

        [JsonPropertyName("only"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string[]? Scope { get; init; }
    }
}
