namespace Decnet.Fleet.Docker.Images;

using System.Buffers;
using System.Text.Json;

/// <summary>Credentials of one registry. Not a record: its text must not show the secrets.</summary>
internal sealed class RegistryAuth
{
    /// <summary>The registry, as docker's configuration names it.</summary>
    public required string ServerAddress { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>A token that the registry's authorisation server takes in place of user and password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A token that the registry itself takes.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>Whether there is anything to show to the registry.</summary>
    public bool IsEmpty =>
        string.IsNullOrEmpty(Username) && string.IsNullOrEmpty(IdentityToken) && string.IsNullOrEmpty(RegistryToken);

    /// <summary>Makes the value of the header <c>X-Registry-Auth</c>: JSON in base64url with padding, as the engine reads it.</summary>
    /// <returns>The value. It holds the secrets.</returns>
    public string ToHeader()
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            Write("username", Username);
            Write("password", Password);
            Write("identitytoken", IdentityToken);
            Write("registrytoken", RegistryToken);
            Write("serveraddress", ServerAddress);
            writer.WriteEndObject();

            void Write(string name, string? value)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    writer.WriteString(name, value);
                }
            }
        }

        return Convert.ToBase64String(json.WrittenSpan).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Tells whose credentials these are, without them.</summary>
    /// <returns>A text for logs.</returns>
    public override string ToString() => $"credentials of {ServerAddress}";
}
