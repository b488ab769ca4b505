namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;

/// <summary>A runtime that lets a test act around an observation, show containers differently, and fail in unforeseen ways.</summary>
internal sealed class TamperedRuntime(IContainerRuntime inner) : IContainerRuntime
{
    public string Endpoint => inner.Endpoint;

    /// <summary>Done once, before the next observation.</summary>
    internal Func<Task>? BeforeObserving { get; set; }

    /// <summary>Done once, after the next observation.</summary>
    internal Func<Task>? AfterObserving { get; set; }

    /// <summary>Done after each removal of a container, with the name that it had.</summary>
    internal Func<string, Task>? AfterRemoving { get; set; }

    internal Func<ObservedContainer, ObservedContainer> Show { get; set; } = container => container;

    /// <summary>Where signals come from; null for those of the runtime behind.</summary>
    internal Func<CancellationToken, IAsyncEnumerable<RuntimeSignal>>? Watch { get; set; }

    /// <summary>Done before an image is asked for, or a container is made (by name) or started (by id).</summary>
    internal Func<RuntimeVerb, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    internal Func<string, Exception?> FailStart { get; set; } = _ => null;

    public async Task<ObservedState> ObserveAsync(CancellationToken cancellationToken = default)
    {
        var before = BeforeObserving;
        BeforeObserving = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        var observed = await inner.ObserveAsync(cancellationToken);
        var after = AfterObserving;
        AfterObserving = null;
        await (after?.Invoke() ?? Task.CompletedTask);
        return observed is ObservedState.Known known ? new ObservedState.Known([.. known.Containers.Select(Show)]) : observed;
    }

    public IAsyncEnumerable<RuntimeSignal> WatchAsync(CancellationToken cancellationToken = default) =>
        (Watch ?? inner.WatchAsync)(cancellationToken);

    public Task<ObservedNetwork?> FindNetworkAsync(string name, CancellationToken cancellationToken = default) =>
        inner.FindNetworkAsync(name, cancellationToken);

    public Task CreateNetworkAsync(NetworkSpec network, CancellationToken cancellationToken = default) =>
        inner.CreateNetworkAsync(network, cancellationToken);

    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken = default) => inner.RemoveNetworkAsync(id, cancellationToken);

    public Task EnsureImageAsync(ContainerSpec container, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        AfterAsync(RuntimeVerb.EnsureImage, container.Image ?? "", () => inner.EnsureImageAsync(container, progress, cancellationToken));

    public async Task<string> CreateContainerAsync(
        ContainerSpec container, string name, string? baseContainerId, CancellationToken cancellationToken = default)
    {
        var id = "";
        await AfterAsync(
            RuntimeVerb.CreateContainer,
            name,
            async () => id = await inner.CreateContainerAsync(container, name, baseContainerId, cancellationToken));
        return id;
    }

    public Task StartContainerAsync(string id, CancellationToken cancellationToken = default) => FailStart(id) is { } error
        ? Task.FromException(error)
        : AfterAsync(RuntimeVerb.StartContainer, id, () => inner.StartContainerAsync(id, cancellationToken));

    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken = default) =>
        inner.StopContainerAsync(id, grace, cancellationToken);

    public Task RenameContainerAsync(string id, string name, CancellationToken cancellationToken = default) =>
        inner.RenameContainerAsync(id, name, cancellationToken);

    public async Task RemoveContainerAsync(string id, CancellationToken cancellationToken = default)
    {
        var name = await inner.ObserveAsync(cancellationToken) is ObservedState.Known known
            ? known.Containers.FirstOrDefault(container => container.Id == id)?.Name
            : null;
        await inner.RemoveContainerAsync(id, cancellationToken);
        if (name is not null && AfterRemoving is { } act)
        {
            await act(name);
        }
    }

    public Task<string> ReadLogTailAsync(string id, int lines, CancellationToken cancellationToken = default) =>
        inner.ReadLogTailAsync(id, lines, cancellationToken);

    async Task AfterAsync(RuntimeVerb verb, string target, Func<Task> request)
    {
        await Before(verb, target);
        await request();
    }
}
