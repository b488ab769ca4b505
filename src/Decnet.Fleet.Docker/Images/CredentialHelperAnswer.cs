namespace Decnet.Fleet.Docker.Images;

using System.Text.Json.Serialization;

/// <summary>What a credential helper answers to <c>get</c>. It holds secrets, so it is not a record.</summary>
internal sealed class CredentialHelperAnswer
{
    [JsonPropertyName("Username")]
    public string? Username { get; init; }

    [JsonPropertyName("Secret")]
    public string? Secret { get; init; }
}
