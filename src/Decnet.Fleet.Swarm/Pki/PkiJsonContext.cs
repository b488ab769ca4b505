namespace Decnet.Fleet.Swarm.Pki;

using System.Text.Json;
using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(NextMasterAnnouncement))]
internal sealed partial class PkiJsonContext : JsonSerializerContext;
