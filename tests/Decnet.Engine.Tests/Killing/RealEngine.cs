namespace Decnet.Engine.Tests.Killing;

/// <summary>What an engine has, as the <c>docker</c> command shows it.</summary>
/// <param name="endpoint">Where it is, as <c>DOCKER_HOST</c> has it.</param>
/// <param name="docker">Runs the command with arguments and returns what it printed.</param>
sealed class RealEngine(string endpoint, Func<string[], Task<string>> docker)
{
    const string Ours = "label=com.docker.compose.project=decnet";

    /// <summary>The engine may still be busy with the last request of a process that is dead by now.</summary>
    const int Attempts = 5;

    public string Endpoint => endpoint;

    public Task<string> RunAsync(params string[] arguments) => docker(arguments);

    /// <summary>The containers with our label, in whatever state.</summary>
    public async Task<IReadOnlyList<RealContainer>> ContainersAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var ids = await ListAsync("ps", "-aq", "--no-trunc", "--filter", Ours);
            try
            {
                return ids.Length == 0 ? [] : RealContainer.Read(await docker(["inspect", .. ids]));
            }
            catch (InvalidOperationException gone) when (attempt < Attempts && gone.Message.Contains("No such object", StringComparison.Ordinal))
            {
                // Removed between the two commands.
            }
        }
    }

    /// <summary>The names of the networks with our label.</summary>
    public Task<string[]> NetworksAsync() => ListAsync("network", "ls", "--format", "{{.Name}}", "--filter", Ours);

    /// <summary>Removes the containers and the networks with our label.</summary>
    public async Task CleanAsync()
    {
        await RemoveAsync(await ListAsync("ps", "-aq", "--filter", Ours), "rm", "-f", "-v");
        await RemoveAsync(await ListAsync("network", "ls", "-q", "--filter", Ours), "network", "rm");
    }

    /// <summary>Breaks some containers, each in one of the ways in which an operator or an intruder may.</summary>
    public async Task HarmAsync(Random random)
    {
        var containers = (await ContainersAsync()).OrderBy(container => container.Name, StringComparer.Ordinal).ToArray();
        random.Shuffle(containers);
        foreach (var container in containers.Take(random.Next(1, 4)))
        {
            await docker(random.Next(4) switch
            {
                0 => ["stop", "-t", "1", container.Name],
                1 => ["pause", container.Name],
                2 => ["rename", container.Name, container.Name + "-x"],
                _ => ["rm", "-f", container.Name],
            });
        }
    }

    async Task RemoveAsync(string[] ids, params string[] remove)
    {
        if (ids.Length > 0)
        {
            await docker([.. remove, .. ids]);
        }
    }

    async Task<string[]> ListAsync(params string[] arguments) =>
        (await docker(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
