namespace Decnet.Engine.Tests.Support;

using Decnet.Engine.Tests.HostNetwork;

/// <summary>One more engine, for a test that stops or kills it; gone with all that it made when it is disposed.</summary>
public sealed class PrivateEngine : IAsyncDisposable
{
    readonly DockerClient docker;
    readonly NetworkNamespace? network;

    PrivateEngine(string folder, Dictionary<string, string> variables, NetworkNamespace? network)
    {
        this.network = network;
        Folder = folder;
        Endpoint = variables[EngineRequirement.EndpointVariable];
        MacvlanParent = variables[EngineRequirement.MacvlanVariable];
        docker = new DockerClient(Endpoint);
    }

    /// <summary>The folder of its sockets, settings and data.</summary>
    public string Folder { get; }

    /// <summary>Where the engine is, as <c>DOCKER_HOST</c> wants it. It stays the same over restarts.</summary>
    public string Endpoint { get; }

    /// <summary>A host interface of this engine that macvlan networks may use.</summary>
    public string MacvlanParent { get; }

    /// <summary>Starts an engine; takes about two seconds and needs root.</summary>
    public static Task<PrivateEngine> StartAsync() => StartInAsync(null);

    /// <summary>Starts an engine in a network; null is that of the machine.</summary>
    internal static async Task<PrivateEngine> StartInAsync(NetworkNamespace? network)
    {
        var folder = NewFolder();
        await EngineScript.RunInAsync(network, "start", folder);
        var variables = (await EngineScript.RunAsync("env", folder)).Split('\n')
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return new PrivateEngine(folder, variables, network);
    }

    /// <summary>Runs <c>docker ARGUMENTS</c> on this engine and returns its standard output without blanks around.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its standard error.</exception>
    public Task<string> DockerCli(params string[] arguments) => docker.RunAsync(arguments);

    /// <summary>Ends the daemon in good order. It stops its containers, and waits 10 s for one that ignores SIGTERM.</summary>
    public Task StopDaemonAsync() => EngineScript.RunAsync("halt", Folder);

    /// <summary>Ends the daemon by SIGKILL; its containers go on running.</summary>
    public Task KillDaemonAsync() => EngineScript.RunAsync("kill", Folder);

    /// <summary>
    /// Starts the daemon again, with the containers that it had. After a kill it first ends those that still run, which takes
    /// 10 s when one of them ignores SIGTERM.
    /// </summary>
    public Task StartDaemonAsync() => EngineScript.RunInAsync(network, "start", Folder);

    /// <summary>Removes the engine, whatever state it is in.</summary>
    public async ValueTask DisposeAsync() => await EngineScript.RunAsync("stop", Folder);

    // Beside the shared engine, so that whoever started that one can find and stop those of a test run that was killed.
    static string NewFolder()
    {
        var endpoint = Environment.GetEnvironmentVariable(EngineRequirement.EndpointVariable) ?? "";
        var shared = endpoint.StartsWith("unix://", StringComparison.Ordinal) ? Path.GetDirectoryName(endpoint["unix://".Length..])! : "";
        var prefix = File.Exists(Path.Combine(shared, ".decnet-test-engine")) ? shared : Path.Combine(Path.GetTempPath(), "decnet-engine");
        return $"{prefix}.{Random.Shared.Next():x8}";
    }
}
