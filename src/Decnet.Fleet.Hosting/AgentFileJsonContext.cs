namespace Decnet.Fleet.Hosting;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AgentFile))]
internal sealed partial class AgentFileJsonContext : JsonSerializerContext;
