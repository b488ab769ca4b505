namespace Decnet.Fleet.Docker.Images;

using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>
/// Finds the credentials of a registry where <c>docker login</c> left them: with the helper that <c>credHelpers</c> names for it,
/// else the one of <c>credsStore</c>, else in <c>auths</c> of <c>config.json</c>. The file is read each time, since logins change it.
/// </summary>
/// <param name="folder">The docker command's folder (<see cref="DockerFolder.Find"/>); null when there is none.</param>
/// <param name="helper">Runs credential helpers.</param>
internal sealed class RegistryCredentials(string? folder, CredentialHelper helper)
{
    const string HubKey = "https://index.docker.io/v1/";

    /// <summary>Makes one for the user that the environment describes.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="time">Measures the time that a helper may take.</param>
    public static RegistryCredentials Of(Func<string, string?> environment, TimeProvider time)
    {
        bool windows = OperatingSystem.IsWindows();
        return new RegistryCredentials(
            DockerFolder.Find(environment, windows),
            new CredentialHelper(program => CredentialHelperPath.Find(environment, program, windows), time));
    }

    /// <summary>Finds the credentials of a registry.</summary>
    /// <param name="registryHost">The registry (<see cref="ImageReference.RegistryHost"/>).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The credentials; null when there are none, which public images do not need.</returns>
    /// <exception cref="RuntimeException">The configuration or a helper is broken; the message names it and shows no secret.</exception>
    public async Task<RegistryAuth?> FindAsync(string registryHost, CancellationToken cancellationToken)
    {
        DockerConfigFile config = Read();
        string key = IsHub(registryHost) ? HubKey : registryHost;
        string? program = Match(config.CredHelpers, registryHost) is { } own ? own.Value : config.CredsStore;
        RegistryAuth? found = string.IsNullOrEmpty(program)
            ? FromFile(config, registryHost, key)
            : await helper.GetAsync(program, key, cancellationToken).ConfigureAwait(false);
        return found is { IsEmpty: false } ? found : null;
    }

    DockerConfigFile Read()
    {
        try
        {
            return DockerConfigFile.Read(folder);
        }
        catch (DockerEndpointException exception)
        {
            throw new RuntimeException(RuntimeError.Invalid, exception.Message, exception);
        }
    }

    RegistryAuth? FromFile(DockerConfigFile config, string registryHost, string key)
    {
        if (Match(config.Auths, registryHost) is not { Value: { } entry } match)
        {
            return null;
        }

        (string? user, string? password) = string.IsNullOrEmpty(entry.Auth) ? (entry.Username, entry.Password) : Decode(entry.Auth, match.Key);
        return new RegistryAuth
        {
            ServerAddress = key,
            Username = user,
            // The engine takes one or the other, and the token is the newer.
            Password = string.IsNullOrEmpty(entry.IdentityToken) ? password : null,
            IdentityToken = entry.IdentityToken,
            RegistryToken = entry.RegistryToken,
        };
    }

    (string User, string Password) Decode(string auth, string entry)
    {
        Span<byte> bytes = new byte[auth.Length];
        string text = Convert.TryFromBase64String(auth, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length]) : "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? (text[..colon], text[(colon + 1)..].Trim('\0'))
            : throw new RuntimeException(
                RuntimeError.Invalid,
                $"The docker configuration '{Path.Combine(folder!, "config.json")}' is broken: 'auth' of '{entry}' is not user:password in base64. "
                + "Log in again: docker login.");
    }

    static KeyValuePair<string, T>? Match<T>(IReadOnlyDictionary<string, T>? entries, string registryHost)
    {
        foreach (KeyValuePair<string, T> entry in (entries ?? new Dictionary<string, T>()).OrderByDescending(entry => entry.Key == registryHost))
        {
            string host = HostOf(entry.Key);
            if (string.Equals(host, registryHost, StringComparison.OrdinalIgnoreCase) || (IsHub(host) && IsHub(registryHost)))
            {
                return entry;
            }
        }

        return null;
    }

    // Old logins wrote whole addresses: https://registry.lan/v1/.
    static string HostOf(string key)
    {
        string bare = key.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? key["https://".Length..]
            : key.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? key["http://".Length..]
            : key;
        return bare.Split('/')[0];
    }

    static bool IsHub(string host) => host is ImageReference.DefaultRegistry or "index.docker.io" or "registry-1.docker.io";
}
