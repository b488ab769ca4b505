namespace Decnet.Fleet.Lifecycle;

using Decnet.Fleet.Containers;

/// <summary>One exchange of old containers for new ones, that can be undone until the old ones are removed.</summary>
internal sealed class ContainerReplacement(IContainerRuntime runtime, IReadOnlyList<ObservedContainer> old, TimeSpan grace)
{
    readonly List<(ObservedContainer Container, string Name)> renamed = [];
    readonly List<string> created = [];
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

    internal async Task<string> CreateAsync(ContainerSpec container, string? baseContainerId, CancellationToken cancellationToken)
    {
        var id = await runtime.CreateContainerAsync(container, container.Name, baseContainerId, cancellationToken).ConfigureAwait(false);
        created.Add(id);
        return id;
    }

    /// <summary>Stops the old containers, services before bases, and starts the new ones in the order of their creation.</summary>
    internal async Task SwitchAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        foreach (var container in old.OrderByDescending(container => container.Role))
        {
            await runtime.StopContainerAsync(container.Id, grace, cancellationToken).ConfigureAwait(false);
        }

        foreach (var id in created)
        {
            await runtime.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the new containers and brings the old ones back. Goes as far as it can: a later pass does the rest.</summary>
    internal async Task PutBackAsync()
    {
        for (var i = created.Count - 1; i >= 0; i--)
        {
            var id = created[i];
            await TryAsync(() => runtime.RemoveContainerAsync(id, CancellationToken.None)).ConfigureAwait(false);
        }

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

        if (!stopping)
        {
            return;
        }

        var wanted = old.Where(container => container.State == ContainerState.Running).Except(superseded);
        foreach (var container in wanted.OrderBy(container => container.Role))
        {
            await TryAsync(() => runtime.StartContainerAsync(container.Id, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    internal async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        foreach (var container in old.OrderByDescending(container => container.Role))
        {
            await runtime.RemoveContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
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
