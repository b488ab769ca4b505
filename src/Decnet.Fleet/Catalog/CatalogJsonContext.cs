namespace Decnet.Fleet.Catalog;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CatalogData))]
[JsonSerializable(typeof(HostnameWords))]
[JsonSerializable(typeof(StandInData))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
