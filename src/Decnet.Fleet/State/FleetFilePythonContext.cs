namespace Decnet.Fleet.State;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FleetFilePythonConfig))]
internal sealed partial class FleetFilePythonContext : JsonSerializerContext;
