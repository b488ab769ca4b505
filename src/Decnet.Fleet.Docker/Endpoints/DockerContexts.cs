namespace Decnet.Fleet.Docker.Endpoints;

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

/// <summary>Reads contexts of the docker command (<c>docker context create</c>) from its folder.</summary>
internal static class DockerContexts
{
    /// <summary>The context that means the platform's own endpoint.</summary>
    public const string Default = "default";

    /// <summary>Reads the endpoint of a context.</summary>
    /// <param name="folder">The docker command's folder; null when there is none.</param>
    /// <param name="name">The context.</param>
    /// <param name="namedBy">What names the context: <c>DOCKER_CONTEXT</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="DockerEndpointException">The context is missing, broken, or names no engine that can be reached.</exception>
    public static DockerEndpoint Read(string? folder, string name, string namedBy)
    {
        string source = $"the docker context '{name}'";
        if (folder is null)
        {
            throw new DockerEndpointException(
                source, $"There is no folder of docker contexts in which '{name}', named by {namedBy}, could be. Set DOCKER_CONFIG or DOCKER_HOST.");
        }

        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        string path = Path.Combine(folder, "contexts", "meta", id, "meta.json");
        DockerContextFile.Endpoint endpoint = ReadFile(path, source, namedBy);
        if (string.IsNullOrWhiteSpace(endpoint.Host))
        {
            throw new DockerEndpointException(
                source, $"{Sentence(source)}, named by {namedBy}, has no docker endpoint in '{path}'. Add one: docker context update {name} --docker host=...");
        }

        return EndpointParser.Parse(endpoint.Host, source, Tls(Path.Combine(folder, "contexts", "tls", id, "docker"), endpoint.SkipTlsVerify, source));
    }

    static DockerContextFile.Endpoint ReadFile(string path, string source, string namedBy)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, DockerFilesJsonContext.Default.DockerContextFile)?.Endpoints?.GetValueOrDefault("docker")
                ?? new DockerContextFile.Endpoint(null, false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DockerEndpointException(
                source, $"{Sentence(source)}, named by {namedBy}, does not exist: there is no '{path}'. 'docker context ls' lists those that do.", exception);
        }
        catch (JsonException exception)
        {
            throw new DockerEndpointException(
                source, $"{Sentence(source)}, named by {namedBy}, is broken: '{path}' is not valid: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DockerEndpointException(
                source, $"{Sentence(source)}, named by {namedBy}, cannot be read: {exception.Message} Allow '{path}' to be read.", exception);
        }
    }

    static DockerTls? Tls(string folder, bool skipVerify, string source)
    {
        DockerTls tls = DockerTlsFolder.Read(folder, verify: !skipVerify, source);
        return tls is { Verify: true, AuthorityFile: null, CertificateFile: null } ? null : tls;
    }

    static string Sentence(string source) => char.ToUpperInvariant(source[0]) + source[1..];
}
