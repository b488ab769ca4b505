namespace Decnet.Fleet.Docker.Images;

using System.Text.Json.Serialization;

[JsonSerializable(typeof(CredentialHelperAnswer))]
internal sealed partial class CredentialHelperJsonContext : JsonSerializerContext;
