namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReconcilePlanJson.PlanDocument))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
