namespace Decnet.Fleet.Docker.Api.Models;

using System.Text.Json.Serialization;

/// <summary>Reads and writes the engine's JSON. Its names are spelled as the engine spells them.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineVersion))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ContainerCreate))]
[JsonSerializable(typeof(CreatedContainer))]
[JsonSerializable(typeof(ContainerDetails))]
[JsonSerializable(typeof(ExitStatus))]
[JsonSerializable(typeof(ProcessTable))]
[JsonSerializable(typeof(NetworkDetails))]
[JsonSerializable(typeof(NetworkDetails[]))]
[JsonSerializable(typeof(NetworkCreate))]
[JsonSerializable(typeof(CreatedNetwork))]
[JsonSerializable(typeof(NetworkConnect))]
[JsonSerializable(typeof(NetworkDisconnect))]
[JsonSerializable(typeof(ImageDetails))]
[JsonSerializable(typeof(ProgressMessage))]
[JsonSerializable(typeof(EngineEvent))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class EngineJsonContext : JsonSerializerContext;
