namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>The credentials of one registry in <c>config.json</c>. It holds secrets, so it is not a record.</summary>
internal sealed class DockerConfigAuth
{
    /// <summary>User and password, joined by a colon, in base64.</summary>
    public string? Auth { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? IdentityToken { get; init; }

    public string? RegistryToken { get; init; }
}
