namespace Decnet.Fleet.Lifecycle;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>
/// Changes the containers of one decky. Whatever it replaces stays until the new container runs, and comes back when the
/// new one does not start. A crash at any point leaves containers that a later pass recognises by their labels and finishes
/// or removes; every step can be repeated.
/// </summary>
public sealed class ContainerApplier
{
    readonly IContainerRuntime runtime;
    readonly ContainerApplierOptions options;
    readonly ImageGate? images;

    /// <summary>Makes one.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="options">How containers are replaced; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ContainerApplier(IContainerRuntime runtime, ContainerApplierOptions? options = null) : this(runtime, options, null)
    {
    }

    /// <summary>Makes one that shares what it knows of images with others.</summary>
    internal ContainerApplier(IContainerRuntime runtime, ContainerApplierOptions? options, ImageGate? images)
    {
        this.runtime = runtime;
        this.options = options ?? new ContainerApplierOptions();
        this.images = images;
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Parallelism, 1, nameof(options));
    }

    /// <summary>Makes all containers of a decky, base first, in the place of those that are there.</summary>
    /// <param name="blueprint">What the decky should be.</param>
    /// <param name="present">The containers that carry its labels now.</param>
    /// <param name="cancellationToken">Stops before the next step; what was replaced is put back.</param>
    /// <returns>A task that ends when they run.</returns>
    /// <exception cref="RuntimeException">A step failed; what was there before is there again, as far as the runtime allows.</exception>
    public async Task ReplaceDeckyAsync(
        DeckyBlueprint blueprint, IReadOnlyList<ObservedContainer> present, CancellationToken cancellationToken = default)
    {
        await EnsureImagesAsync([blueprint.Base, .. blueprint.Services], cancellationToken).ConfigureAwait(false);
        var replacement = new ContainerReplacement(runtime, present, options);
        try
        {
            await replacement.SetAsideAsync(cancellationToken).ConfigureAwait(false);
            var baseId = await replacement.CreateBaseAsync(blueprint.Base, cancellationToken).ConfigureAwait(false);
            await replacement.CreateServicesAsync(blueprint.Services, baseId, cancellationToken).ConfigureAwait(false);
            await replacement.SwitchAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await replacement.PutBackAsync().ConfigureAwait(false);
            throw;
        }

        await replacement.RemoveOldAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the container of one service, in the place of those that are there for it.</summary>
    /// <param name="service">What the container should be.</param>
    /// <param name="baseContainerId">The running base that it joins.</param>
    /// <param name="present">The containers that carry the labels of this service of this decky now.</param>
    /// <param name="cancellationToken">Stops before the next step; what was replaced is put back.</param>
    /// <returns>A task that ends when it runs.</returns>
    /// <exception cref="RuntimeException">A step failed; what was there before is there again, as far as the runtime allows.</exception>
    public async Task ReplaceServiceAsync(
        ContainerSpec service, string baseContainerId, IReadOnlyList<ObservedContainer> present, CancellationToken cancellationToken = default)
    {
        await EnsureImagesAsync([service], cancellationToken).ConfigureAwait(false);
        var replacement = new ContainerReplacement(runtime, present, options);
        try
        {
            await replacement.SetAsideAsync(cancellationToken).ConfigureAwait(false);
            await replacement.CreateServicesAsync([service], baseContainerId, cancellationToken).ConfigureAwait(false);
            await replacement.SwitchAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await replacement.PutBackAsync().ConfigureAwait(false);
            throw;
        }

        await replacement.RemoveOldAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the bases of a decky, and with them its network, so that another decky can have its address.</summary>
    /// <param name="present">The containers that carry its labels now.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>A task that ends when they are stopped.</returns>
    /// <exception cref="RuntimeException">A base could not be stopped.</exception>
    public async Task ReleaseAddressAsync(IReadOnlyList<ObservedContainer> present, CancellationToken cancellationToken = default)
    {
        foreach (var container in present.Where(container => container.Role == ContainerRole.Base))
        {
            await runtime.StopContainerAsync(container.Id, options.StopGrace, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Starts the containers of a decky again that ran before its address was given up, unless another container has the name
    /// of its base by now: then somebody else replaces the decky.
    /// </summary>
    /// <param name="present">The containers as they were before.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>A task that ends when they run.</returns>
    /// <exception cref="RuntimeException">A container could not be started, or the name of a base is taken.</exception>
    public async Task ResumeAsync(IReadOnlyList<ObservedContainer> present, CancellationToken cancellationToken = default)
    {
        var running = present.Where(container => container.State == ContainerState.Running).ToArray();
        foreach (var container in running.Where(container => container.Role == ContainerRole.Base))
        {
            // Whoever has the name may start a base; another process that replaces the decky may have taken it.
            await runtime.RenameContainerAsync(container.Id, container.Name, cancellationToken).ConfigureAwait(false);
            var services = running.Where(service => service.NetworkContainerId == container.Id).ToArray();
            await RestartAsync(container, services, services, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts a container that is stopped or paused, or anew one that runs in a network that its base has left.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it runs.</returns>
    public async Task StartAsync(ObservedContainer container, CancellationToken cancellationToken = default)
    {
        if (container.State == ContainerState.Paused || container.NetworkLost)
        {
            await runtime.StopContainerAsync(container.Id, options.StopGrace, cancellationToken).ConfigureAwait(false);
        }

        await runtime.StartContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a base that is stopped, and then its services anew, since they live in the network of the base's last run.</summary>
    /// <param name="baseContainer">The base.</param>
    /// <param name="joined">All containers that joined the base's network.</param>
    /// <param name="services">Those of them to start. The others stay stopped, rather than run in a network that is gone.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>A task that ends when they run.</returns>
    public async Task RestartAsync(
        ObservedContainer baseContainer,
        IReadOnlyList<ObservedContainer> joined,
        IReadOnlyList<ObservedContainer> services,
        CancellationToken cancellationToken = default)
    {
        await EachAsync(
            joined,
            service => runtime.StopContainerAsync(service.Id, options.StopGrace, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        await StartAsync(baseContainer, cancellationToken).ConfigureAwait(false);
        await BaseLoss.GuardAsync(runtime, baseContainer.Id, () => EachAsync(services, StartAnewAsync, cancellationToken), cancellationToken).ConfigureAwait(false);

        async Task StartAnewAsync(ObservedContainer service)
        {
            // Another process may have started it in the network of a run of the base that has ended since; no listing may show that yet.
            await runtime.StopContainerAsync(service.Id, options.StopGrace, cancellationToken).ConfigureAwait(false);
            await runtime.StartContainerAsync(service.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    Task EnsureImagesAsync(IReadOnlyList<ContainerSpec> containers, CancellationToken cancellationToken)
    {
        var gate = images ?? new ImageGate(runtime, cancellationToken);
        return EachAsync(containers, container => gate.EnsureAsync(container, cancellationToken), cancellationToken);
    }

    Task EachAsync<T>(IReadOnlyList<T> items, Func<T, Task> step, CancellationToken cancellationToken) =>
        Lanes.RunAsync(items, options.Parallelism, step, cancellationToken);
}
