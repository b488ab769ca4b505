namespace Decnet.Fleet.Swarm.AspNetCore.Agents;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfirmationProblem))]
internal sealed partial class ConfirmationJsonContext : JsonSerializerContext;
