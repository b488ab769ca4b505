namespace Decnet.Fleet.Model.Json;

using System.Text.Json.Serialization;

[JsonSourceGenerationOptions(
    WriteIndented = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    Converters = [typeof(ValueMapConverter<SettingValue>)])]
[JsonSerializable(typeof(Fleet))]
[JsonSerializable(typeof(Decky))]
[JsonSerializable(typeof(CatalogOverlay))]
[JsonSerializable(typeof(ValueMap<SettingValue>))]
[JsonSerializable(typeof(SettingValue))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
