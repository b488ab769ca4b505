namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>
/// A container engine in memory that behaves like a real one as far as deckies can tell: unique names, images, networks,
/// addresses in use, services that live and die with their base's network namespace. For tests, trials and demonstrations;
/// containers can be broken, and the engine itself can be slow, fail or be out of reach.
/// </summary>
public sealed partial class InMemoryContainerRuntime : IContainerRuntime
{
    readonly Lock gate = new();
    readonly SignalHub signals = new();
    readonly InMemoryEngine engine;
    readonly TimeProvider time;
    readonly HostId hostId;
    readonly long[] requests = new long[Enum.GetValues<RuntimeVerb>().Length];

    /// <summary>Makes an engine without containers and networks, on which every image is present.</summary>
    /// <param name="hostId">The host that it belongs to; its containers are labelled with it.</param>
    /// <param name="time">The clock for delays and times of creation; null for the system's.</param>
    public InMemoryContainerRuntime(HostId hostId, TimeProvider? time = null)
    {
        this.hostId = hostId;
        this.time = time ?? TimeProvider.System;
        engine = new InMemoryEngine(hostId);
    }

    /// <inheritdoc/>
    public string Endpoint => $"memory://{hostId}";

    /// <inheritdoc/>
    public async Task<ObservedState> ObserveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await RequestAsync<ObservedState>(
                RuntimeVerb.Observe,
                static _ => null,
                static engine => new ObservedState.Known([.. engine.Containers.Select(engine.Show)]),
                cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException error)
        {
            return new ObservedState.Unreachable(error.Message);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RuntimeSignal> WatchAsync(CancellationToken cancellationToken = default) => signals.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ObservedNetwork?> FindNetworkAsync(string name, CancellationToken cancellationToken = default) =>
        RequestAsync(RuntimeVerb.FindNetwork, _ => name, engine => engine.FindNetwork(name), cancellationToken);

    /// <inheritdoc/>
    public Task CreateNetworkAsync(NetworkSpec network, CancellationToken cancellationToken = default) =>
        RequestAsync(
            RuntimeVerb.CreateNetwork,
            _ => network.Name,
            engine =>
            {
                engine.CreateNetwork(network);
                return Signal("network create", network.Name);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken = default) =>
        RequestAsync(
            RuntimeVerb.RemoveNetwork,
            engine => engine.NetworkName(id),
            engine => engine.NetworkName(id) is { } name && engine.RemoveNetwork(id) && Signal("network destroy", name),
            cancellationToken);

    /// <inheritdoc/>
    public async Task EnsureImageAsync(
        ContainerSpec container, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var pulled = await RequestAsync(
            RuntimeVerb.EnsureImage,
            _ => container.Image,
            engine => Pull(engine, container.Image),
            cancellationToken).ConfigureAwait(false);
        if (pulled)
        {
            progress?.Report($"{container.Image}: pulling");
            progress?.Report($"{container.Image}: complete");
        }
    }

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(
        ContainerSpec container, string name, string? baseContainerId, CancellationToken cancellationToken = default) =>
        RequestAsync(
            RuntimeVerb.CreateContainer,
            _ => name,
            engine =>
            {
                var made = engine.Create(container, name, baseContainerId, time.GetUtcNow());
                Signal("create", name);
                return made.Id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task StartContainerAsync(string id, CancellationToken cancellationToken = default) =>
        ContainerRequestAsync(
            RuntimeVerb.StartContainer,
            id,
            (engine, container) => engine.Start(container) && Signal("start", container.Name) && (!DieAsOrdered(container) || Signal("die", container.Name)),
            cancellationToken);

    /// <inheritdoc/>
    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken = default) =>
        ContainerRequestAsync(
            RuntimeVerb.StopContainer,
            id,
            (_, container) => InMemoryEngine.Stop(container, grace) && Signal("die", container.Name),
            cancellationToken);

    /// <inheritdoc/>
    public Task RenameContainerAsync(string id, string name, CancellationToken cancellationToken = default) =>
        ContainerRequestAsync(
            RuntimeVerb.RenameContainer,
            id,
            (engine, container) => engine.Rename(container, name) && Signal("rename", name),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken = default) =>
        RequestAsync(
            RuntimeVerb.RemoveContainer,
            engine => engine.FindById(id)?.Name,
            engine => engine.FindById(id) is { } container && engine.Remove(id) && Signal("destroy", container.Name),
            cancellationToken);

    /// <inheritdoc/>
    public Task<string> ReadLogTailAsync(string id, int lines, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 1);
        return ContainerRequestAsync(RuntimeVerb.ReadLogTail, id, (_, container) => LogTail.Of(container.Log, lines), cancellationToken);
    }

    static bool Pull(InMemoryEngine engine, string image) =>
        engine.MissingImages.Contains(image)
            ? throw InMemoryEngine.Refuse(RuntimeError.NotFound, $"image {image} is neither here nor in its registry")
            : engine.RemovedImages.Remove(image);

    Task<T> ContainerRequestAsync<T>(
        RuntimeVerb verb, string id, Func<InMemoryEngine, EngineContainer, T> act, CancellationToken cancellationToken) =>
        RequestAsync(
            verb,
            engine => engine.FindById(id)?.Name,
            engine => engine.FindById(id) is { } container
                ? act(engine, container)
                : throw InMemoryEngine.Refuse(RuntimeError.NotFound, $"no such container: {id}"),
            cancellationToken);

    /// <summary>One request: counted, delayed, then made to fail or done, all under one lock.</summary>
    async Task<T> RequestAsync<T>(
        RuntimeVerb verb, Func<InMemoryEngine, string?> target, Func<InMemoryEngine, T> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan wait;
        lock (gate)
        {
            requests[(int)verb]++;
            wait = delay;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        lock (gate)
        {
            var fault = TakeFault(verb, target(engine));
            if (fault is { AfterEffect: false })
            {
                throw Ordered(fault, verb);
            }

            var result = act(engine);
            return fault is null ? result : throw Ordered(fault, verb);
        }
    }

    bool Signal(string verb, string name)
    {
        if (!dropSignals && unreachable is null)
        {
            signals.Send($"{verb} {name}");
        }

        return true;
    }
}
