namespace Decnet.Engine.Tests.Support;

/// <summary>The <c>docker</c> command, pointed at one engine and blind to the settings of the user who runs the tests.</summary>
sealed class DockerClient(string endpoint)
{
    const string Ours = "label=com.docker.compose.project=decnet";

    static readonly string Program = File.Exists("/usr/bin/docker") ? "/usr/bin/docker" : "docker";

    readonly Dictionary<string, string?> environment = new()
    {
        ["DOCKER_HOST"] = endpoint,
        ["DOCKER_CONTEXT"] = null,
        ["DOCKER_TLS_VERIFY"] = null,
        ["DOCKER_CONFIG"] = Path.Combine(Path.GetTempPath(), "decnet-no-docker-config"),
    };

    /// <summary>Runs <c>docker ARGUMENTS</c> and returns what it printed on the standard output, without blanks around.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its standard error.</exception>
    internal async Task<string> RunAsync(params string[] arguments)
    {
        var result = await CommandLine.RunAsync(Program, arguments, environment);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Errors}");
    }

    /// <summary>Removes the containers, then the networks, that carry the label of our project.</summary>
    internal async Task CleanAsync()
    {
        await RemoveAsync(["ps", "-aq", "--filter", Ours], ["rm", "-f", "-v"]);
        await RemoveAsync(["network", "ls", "-q", "--filter", Ours], ["network", "rm"]);
    }

    async Task RemoveAsync(string[] list, string[] remove)
    {
        var ids = (await RunAsync(list)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length > 0)
        {
            await RunAsync([.. remove, .. ids]);
        }
    }
}
