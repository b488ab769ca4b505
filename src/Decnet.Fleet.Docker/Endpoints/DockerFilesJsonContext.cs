namespace Decnet.Fleet.Docker.Endpoints;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)] // As Go's reader is.
[JsonSerializable(typeof(DockerConfigFile))]
[JsonSerializable(typeof(DockerContextFile))]
internal sealed partial class DockerFilesJsonContext : JsonSerializerContext;
