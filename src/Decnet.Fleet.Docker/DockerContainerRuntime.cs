namespace Decnet.Fleet.Docker;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Creation;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Networks;
using Decnet.Fleet.Docker.Observing;
using Decnet.Fleet.Docker.Watching;
using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// The container runtime on a Docker engine, from API 1.40 (Docker 19.03) on. It may be used by several threads, and keeps
/// connections until it is disposed.
/// </summary>
public sealed class DockerContainerRuntime : IContainerRuntime, IDisposable, IAsyncDisposable
{
    readonly EngineClient engine;
    readonly FleetProject project;
    readonly ContainerObserver observer;
    readonly ContainerWatcher watcher;
    readonly DockerNetworks networks;
    readonly DockerContainers containers;
    readonly ImageStore images;
    readonly ContainerLogs logs;

    internal DockerContainerRuntime(
        EngineClient engine,
        DockerRuntimeOptions options,
        RegistryCredentials? credentials,
        ILogger logger,
        TimeProvider clock,
        Func<Random> random,
        Func<IPNetwork, CancellationToken, Task<HostInterface>>? detectParent = null)
    {
        this.engine = engine;
        project = new FleetProject(options.Project);
        observer = new ContainerObserver(engine, clock, project);
        watcher = new ContainerWatcher(engine, clock, random, logger, project);
        networks = new DockerNetworks(engine, new ParentInterfaces(engine.Connection.Endpoint, detectParent ?? HostInterfaces.DetectForAsync), project);
        containers = new DockerContainers(engine, new ContainerBodies(options), logger);
        images = new ImageStore(engine, options.ImagePolicy, credentials, logger);
        logs = new ContainerLogs(engine);
    }

    /// <inheritdoc/>
    public string Endpoint => engine.Connection.Endpoint.ToString();

    /// <summary>Makes a runtime. Nothing is asked of the engine before the first call.</summary>
    /// <param name="options">How the engine is reached and containers are made; null for the defaults.</param>
    /// <param name="logger">Where warnings of the engine and lost connections are logged; null for nowhere.</param>
    /// <param name="environment">Reads an environment variable: those of docker's own for its endpoint and its configuration; null for the process's.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <returns>The runtime.</returns>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    /// <exception cref="DockerEndpointException">What says where the engine is cannot be used.</exception>
    public static DockerContainerRuntime Connect(
        DockerRuntimeOptions? options = null, ILogger? logger = null, Func<string, string?>? environment = null, TimeProvider? clock = null)
    {
        options ??= new DockerRuntimeOptions();
        options.Validate();
        environment ??= DockerEnvironment.OfProcess;
        clock ??= TimeProvider.System;
        var endpoint = options.Endpoint ?? new DockerEndpointResolver(environment).Resolve();
        return new DockerContainerRuntime(
            EngineClient.Create(endpoint, options.Timeouts, options.ApiVersion, clock),
            options,
            RegistryCredentials.Of(environment, clock),
            logger ?? NullLogger.Instance,
            clock,
            RandomSource.New);
    }

    /// <summary>
    /// Makes a runtime as the environment says: docker's own variables, <c>DECNET_IMAGE_POLICY</c> and <c>DECNET_HOST_ID</c>. Nothing is
    /// asked of the engine before the first call.
    /// </summary>
    /// <param name="options">What holds where the environment says nothing; null for the defaults.</param>
    /// <param name="logger">Where warnings of the engine and lost connections are logged; null for nowhere.</param>
    /// <param name="environment">Reads an environment variable; null for the process's.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <returns>The runtime.</returns>
    /// <exception cref="DecnetException">Variables are wrong; the message lists all that are.</exception>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    /// <exception cref="DockerEndpointException">What says where the engine is cannot be used.</exception>
    public static DockerContainerRuntime FromEnvironment(
        DockerRuntimeOptions? options = null, ILogger? logger = null, Func<string, string?>? environment = null, TimeProvider? clock = null)
    {
        environment ??= DockerEnvironment.OfProcess;
        return Connect(DockerEnvironment.Apply(options ?? new DockerRuntimeOptions(), environment), logger, environment, clock);
    }

    /// <inheritdoc/>
    /// <remarks>Services that seem to be cut off from their base are looked at more closely, with a request for each and for its base.</remarks>
    public Task<ObservedState> ObserveAsync(CancellationToken cancellationToken = default) => observer.ObserveAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<RuntimeSignal> WatchAsync(CancellationToken cancellationToken = default) => watcher.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ObservedNetwork?> FindNetworkAsync(string name, CancellationToken cancellationToken = default) => networks.FindAsync(name, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// A parent interface that is to be detected is the one whose own network holds the subnet, else the one of the default route. Only
    /// one of the host of this process can be detected, so that the engine must be there too: reached by a socket or a pipe.
    /// </remarks>
    public Task CreateNetworkAsync(NetworkSpec network, CancellationToken cancellationToken = default) => networks.CreateAsync(network, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A network that does not carry our project's label is refused as a <see cref="RuntimeError.Conflict"/>: somebody else made it.</remarks>
    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken = default) => networks.RemoveAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task EnsureImageAsync(ContainerSpec container, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        images.EnsureAsync(container, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(
        ContainerSpec container, string name, string? baseContainerId, CancellationToken cancellationToken = default) =>
        containers.CreateAsync(
            project.ToEngine(container), project.ContainerToEngine(name), images.ReferenceOf(container), baseContainerId, cancellationToken);

    /// <inheritdoc/>
    public Task StartContainerAsync(string id, CancellationToken cancellationToken = default) => containers.StartAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken = default) =>
        engine.Containers.StopAsync(id, grace, cancellationToken);

    /// <inheritdoc/>
    public Task RenameContainerAsync(string id, string name, CancellationToken cancellationToken = default) =>
        containers.RenameAsync(id, project.ContainerToEngine(name), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken = default) => engine.Containers.RemoveAsync(id, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// An engine whose logging driver keeps nothing to read answers with an error. At most 16 Mi characters are read: of more,
    /// as only a container with endless lines writes, what comes after them is not seen.
    /// </remarks>
    public Task<string> ReadLogTailAsync(string id, int lines, CancellationToken cancellationToken = default) =>
        logs.ReadTailAsync(id, lines, cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => engine.Dispose();

    /// <summary>Closes the connections.</summary>
    /// <returns>A task that has ended.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
