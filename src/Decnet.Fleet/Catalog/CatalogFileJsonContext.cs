namespace Decnet.Fleet.Catalog;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;

[JsonSourceGenerationOptions(
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ServiceDefinition))]
[JsonSerializable(typeof(ArchetypeDefinition))]
[JsonSerializable(typeof(DistroDefinition))]
internal sealed partial class CatalogFileJsonContext : JsonSerializerContext;
