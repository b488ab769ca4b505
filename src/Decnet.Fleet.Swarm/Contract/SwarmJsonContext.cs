namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>Reads and writes the messages. Keys that are not known are ignored, so that a newer peer may say more.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(ValueMapConverter<SettingValue>)])]
[JsonSerializable(typeof(DeployCommand))]
[JsonSerializable(typeof(MutateCommand))]
[JsonSerializable(typeof(TeardownCommand))]
[JsonSerializable(typeof(CommandReply))]
[JsonSerializable(typeof(SelfDestructCommand))]
[JsonSerializable(typeof(SelfDestructReply))]
[JsonSerializable(typeof(HostReport))]
[JsonSerializable(typeof(HostFarewell))]
[JsonSerializable(typeof(AgentStatus))]
[JsonSerializable(typeof(PeerHealth))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(EnrolmentReply))]
[JsonSerializable(typeof(RenewalRequest))]
[JsonSerializable(typeof(RenewalReply))]
[JsonSerializable(typeof(TrustBundle))]
[JsonSerializable(typeof(SwarmProblem))]
internal sealed partial class SwarmJsonContext : JsonSerializerContext;
