namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>
/// Finds the engine as the docker command does: <c>DOCKER_HOST</c>; else the context that <c>DOCKER_CONTEXT</c> names; else the
/// current context of <c>$DOCKER_CONFIG/config.json</c> or <c>~/.docker/config.json</c>; else the platform's own endpoint.
/// </summary>
/// <remarks>
/// <para>The platform's own endpoint is <c>unix:///var/run/docker.sock</c>; where that does not exist, the first that does of
/// <c>$XDG_RUNTIME_DIR/docker.sock</c>, <c>~/.docker/run/docker.sock</c> and <c>~/.docker/desktop/docker.sock</c>. On Windows it is
/// <c>npipe://./pipe/docker_engine</c>. The context <c>default</c> means the same.</para>
/// <para><c>DOCKER_TLS_VERIFY</c> (any value) turns TLS on for a TCP address in <c>DOCKER_HOST</c>, and <c>DOCKER_TLS</c> does so
/// without proof of the engine; the files are those of <c>DOCKER_CERT_PATH</c>, else of the docker command's folder. With one of
/// them and nothing else the endpoint is <c>tcp://localhost:2376</c>. Contexts bring their own TLS files.</para>
/// </remarks>
public sealed class DockerEndpointResolver
{
    readonly Func<string, string?> _environment;
    readonly bool _windows;
    readonly string _systemSocket;

    /// <summary>Makes a resolver for this platform.</summary>
    /// <param name="environment">Reads an environment variable; null or empty when it is not set.</param>
    public DockerEndpointResolver(Func<string, string?> environment) : this(environment, OperatingSystem.IsWindows(), "/var/run/docker.sock")
    {
    }

    internal DockerEndpointResolver(Func<string, string?> environment, bool windows, string systemSocket)
    {
        ArgumentNullException.ThrowIfNull(environment);
        (_environment, _windows, _systemSocket) = (environment, windows, systemSocket);
    }

    /// <summary>Finds the engine. Nothing is connected to.</summary>
    /// <returns>Where it is, and what says so.</returns>
    /// <exception cref="DockerEndpointException">
    /// What says where it is cannot be used: an address that is malformed or goes over <c>ssh://</c>, a missing or broken context, a
    /// file that cannot be read.
    /// </exception>
    public DockerEndpoint Resolve()
    {
        if (Read("DOCKER_HOST") is { } host)
        {
            bool tcp = !host.Contains("://", StringComparison.Ordinal) || host.TrimStart().StartsWith("tcp://", StringComparison.OrdinalIgnoreCase);
            return EndpointParser.Parse(host, "DOCKER_HOST", tcp ? TlsOfEnvironment() : null);
        }

        string? folder = DockerFolder.Find(_environment, _windows);
        if (Read("DOCKER_CONTEXT") is { } chosen)
        {
            return Context(folder, chosen, "DOCKER_CONTEXT");
        }

        return DockerConfigFile.Read(folder).CurrentContext is { Length: > 0 } current
            ? Context(folder, current, $"'{Path.Combine(folder!, "config.json")}'")
            : PlatformDefault();
    }

    DockerEndpoint Context(string? folder, string name, string namedBy) =>
        name == DockerContexts.Default ? PlatformDefault() : DockerContexts.Read(folder, name, namedBy);

    DockerEndpoint PlatformDefault()
    {
        if (TlsOfEnvironment() is { } tls)
        {
            return EndpointParser.Parse("tcp://localhost", "DOCKER_TLS_VERIFY or DOCKER_TLS without DOCKER_HOST", tls);
        }

        return _windows
            ? EndpointParser.Parse("npipe://./pipe/docker_engine", "the platform's default", null)
            : EndpointParser.Parse($"unix://{Sockets().FirstOrDefault(File.Exists) ?? _systemSocket}", "the platform's default", null);
    }

    IEnumerable<string> Sockets()
    {
        yield return _systemSocket;
        if (Read("XDG_RUNTIME_DIR") is { } runtime)
        {
            yield return Path.Combine(runtime, "docker.sock");
        }

        if (DockerFolder.Home(_environment, _windows) is { } home)
        {
            yield return Path.Combine(home, ".docker", "run", "docker.sock");
            yield return Path.Combine(home, ".docker", "desktop", "docker.sock");
        }
    }

    DockerTls? TlsOfEnvironment()
    {
        bool verify = Read("DOCKER_TLS_VERIFY") is not null;
        if (!verify && Read("DOCKER_TLS") is null)
        {
            return null;
        }

        const string Source = "DOCKER_CERT_PATH";
        string folder = Read(Source) ?? DockerFolder.Find(_environment, _windows)
            ?? throw new DockerEndpointException(Source, "TLS is on (DOCKER_TLS_VERIFY or DOCKER_TLS), but no folder with its files is known. Set DOCKER_CERT_PATH.");
        DockerTls tls = DockerTlsFolder.Read(folder, verify, Source);
        return verify && tls.AuthorityFile is null
            ? throw new DockerEndpointException(
                Source, $"DOCKER_TLS_VERIFY is set, but there is no '{Path.Combine(folder, "ca.pem")}' to know the engine by. Put it there, or set DOCKER_CERT_PATH to its folder.")
            : tls;
    }

    string? Read(string name) => _environment(name) is { Length: > 0 } value ? value : null;
}
