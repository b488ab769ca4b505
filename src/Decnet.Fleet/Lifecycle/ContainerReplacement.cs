namespace Decnet.Fleet.Lifecycle;

using Decnet.Fleet.Containers;

/// <summary>One exchange of old containers for new ones, that can be undone until the old ones are removed.</summary>
internal sealed class ContainerReplacement(IContainerRuntime runtime, IReadOnlyList<ObservedContainer> old, ContainerApplierOptions options)
{
    static readonly (ContainerRole Role, string? ServiceName) Base = (ContainerRole.Base, null);

    readonly List<(ObservedContainer Container, string Name)> renamed = [];
    string? newBase;
    string? joined;
    IReadOnlyList<ContainerSpec> serviceSpecs = [];
    string?[] newServices = [];
    bool stopping;

    /// <summary>Frees the names of the old containers. They keep running.</summary>
    internal async Task SetAsideAsync(CancellationToken cancellationToken)
    {
        foreach (var container in old)
        {
            var aside = AsideName(container);
            if (container.Name != aside)
            {
                // Noted before: a renaming whose answer is lost may have been done.
                renamed.Add((container, container.Name));
                await runtime.RenameContainerAsync(container.Id, aside, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    internal async Task<string> CreateBaseAsync(ContainerSpec container, CancellationToken cancellationToken) =>
        newBase = await runtime.CreateContainerAsync(container, container.Name, null, cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the services of a base that has been made. They do not depend on each other.</summary>
    internal Task CreateServicesAsync(IReadOnlyList<ContainerSpec> services, string baseId, CancellationToken cancellationToken)
    {
        joined = baseId;
        serviceSpecs = services;
        newServices = new string?[services.Count];
        return Lanes.RunAsync(
            [.. Enumerable.Range(0, services.Count)],
            options.Parallelism,
            async at => newServices[at] =
                await runtime.CreateContainerAsync(services[at], services[at].Name, baseId, cancellationToken).ConfigureAwait(false),
            cancellationToken);
    }

    /// <summary>Stops the old containers, services before bases, and starts the new ones, the base before its services.</summary>
    internal async Task SwitchAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        await EachOldAsync(
            container => runtime.StopContainerAsync(container.Id, options.StopGrace, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (newBase is { } id)
        {
            await runtime.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
        }

        await BaseLoss.GuardAsync(
            runtime,
            joined,
            () => Lanes.RunAsync(newServices, options.Parallelism, service => runtime.StartContainerAsync(service!, cancellationToken), cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the new containers and brings the old ones back, but for those whose place may still be taken. Goes as far as it can: a later
    /// pass does the rest.
    /// </summary>
    internal async Task PutBackAsync()
    {
        var taken = await RemoveNewAsync().ConfigureAwait(false);
        var superseded = new List<ObservedContainer>();
        foreach (var (container, name) in renamed)
        {
            var failure = await TryAsync(() => runtime.RenameContainerAsync(container.Id, name, CancellationToken.None)).ConfigureAwait(false);
            if (failure is RuntimeException { Error: RuntimeError.Conflict })
            {
                // Another process took the name meanwhile. What it makes runs in the place of this container.
                superseded.Add(container);
            }
        }

        if (!stopping || taken.Contains(Base))
        {
            return;
        }

        var wanted = old.Where(container => container.State == ContainerState.Running && !taken.Contains((container.Role, container.ServiceName))).Except(superseded);
        foreach (var container in wanted.OrderBy(container => container.Role))
        {
            await TryAsync(() => runtime.StartContainerAsync(container.Id, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the new containers, services before their base.</summary>
    /// <returns>The places of those that may be left, and may run.</returns>
    async Task<HashSet<(ContainerRole Role, string? ServiceName)>> RemoveNewAsync()
    {
        var left = new HashSet<(ContainerRole Role, string? ServiceName)>();
        var services = newServices.Select((id, at) => (Id: id, Place: (serviceSpecs[at].Role, serviceSpecs[at].ServiceName)));
        foreach (var (id, place) in services.Reverse().Append((newBase, Base)))
        {
            if (id is not null && await TryAsync(() => runtime.RemoveContainerAsync(id, CancellationToken.None)).ConfigureAwait(false) is not null)
            {
                left.Add(place);
            }
        }

        return left;
    }

    internal Task RemoveOldAsync(CancellationToken cancellationToken) =>
        EachOldAsync(container => runtime.RemoveContainerAsync(container.Id, cancellationToken), cancellationToken);

    /// <summary>Takes a step for the old services, several at a time, and after them for the old bases.</summary>
    async Task EachOldAsync(Func<ObservedContainer, Task> step, CancellationToken cancellationToken)
    {
        foreach (var role in old.GroupBy(container => container.Role).OrderByDescending(role => role.Key))
        {
            await Lanes.RunAsync(role.ToArray(), options.Parallelism, step, cancellationToken).ConfigureAwait(false);
        }
    }

    static string AsideName(ObservedContainer container)
    {
        var mark = $"-old-{container.Id[..Math.Min(12, container.Id.Length)]}";
        return container.Name.EndsWith(mark, StringComparison.Ordinal) ? container.Name : container.Name + mark;
    }

    /// <summary>Takes a step that may fail: the failure that led to it is the one to report.</summary>
    /// <returns>How it failed; null when it did not.</returns>
    static async Task<Exception?> TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, the other steps of putting back must still be tried.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }
}
