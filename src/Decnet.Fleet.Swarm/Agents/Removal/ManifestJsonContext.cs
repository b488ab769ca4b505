namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>Reads and writes what the removal of a host keeps on disk. A key that is not known is an error: it may be something to keep.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(InstallManifest))]
[JsonSerializable(typeof(SelfDestructMark))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;
