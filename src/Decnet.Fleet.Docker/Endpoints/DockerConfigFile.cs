namespace Decnet.Fleet.Docker.Endpoints;

using System.Text.Json;

/// <summary>What Decnet reads of <c>config.json</c> of the docker command. It holds secrets, so it is not a record.</summary>
internal sealed class DockerConfigFile
{
    public string? CurrentContext { get; init; }

    public IReadOnlyDictionary<string, DockerConfigAuth?>? Auths { get; init; }

    public IReadOnlyDictionary<string, string?>? CredHelpers { get; init; }

    public string? CredsStore { get; init; }

    /// <summary>Reads the file of a folder.</summary>
    /// <param name="folder">The docker command's folder; null when there is none.</param>
    /// <returns>Its content; empty when the file does not exist.</returns>
    /// <exception cref="DockerEndpointException">It cannot be read or is not what it should be.</exception>
    public static DockerConfigFile Read(string? folder)
    {
        if (folder is null)
        {
            return new DockerConfigFile();
        }

        string path = Path.Combine(folder, "config.json");
        try
        {
            using FileStream stream = File.OpenRead(path);
            return stream.Length == 0 ? new DockerConfigFile()
                : JsonSerializer.Deserialize(stream, DockerFilesJsonContext.Default.DockerConfigFile) ?? new DockerConfigFile();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new DockerConfigFile();
        }
        catch (JsonException exception)
        {
            throw new DockerEndpointException(path, $"The docker configuration '{path}' is not valid: {exception.Message} Correct it.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DockerEndpointException(
                path, $"The docker configuration '{path}' cannot be read: {exception.Message} Allow it, or name another folder with DOCKER_CONFIG.", exception);
        }
    }
}
