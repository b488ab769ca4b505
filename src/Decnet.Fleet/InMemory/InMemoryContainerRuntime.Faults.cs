namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <content>What breaks containers and the engine, and what shows them as they are. None of it counts as a request.</content>
public sealed partial class InMemoryContainerRuntime
{
    readonly List<RuntimeFault> faults = [];
    TimeSpan delay;
    string? unreachable;
    bool dropSignals;

    /// <summary>The requests so far.</summary>
    public RuntimeRequests Requests
    {
        get
        {
            lock (gate)
            {
                return new RuntimeRequests(requests);
            }
        }
    }

    /// <summary>The containers as they are now, in the order of their creation, whether the engine can be reached or not.</summary>
    public IReadOnlyList<InMemoryContainer> Containers
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. engine.Containers.Select(container => new InMemoryContainer
                    {
                        Observed = engine.Show(container),
                        Spec = container.Spec,
                        CreatedAt = container.CreatedAt,
                        Starts = container.Starts,
                        IsReachable = engine.IsReachable(container),
                    }),
                ];
            }
        }
    }

    /// <summary>Ends a running container by itself, as a crash of its process does. It stays ended: there is no restart policy here.</summary>
    /// <param name="name">The container.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void Crash(string name, int exitCode = 1) =>
        Change(name, "die", container => InMemoryEngine.End(container, exitCode));

    /// <summary>Kills the base of a decky. Its services go on running without a network.</summary>
    /// <param name="decky">The decky.</param>
    /// <exception cref="ArgumentException">The decky has no base.</exception>
    public void CrashBase(DeckyName decky)
    {
        lock (gate)
        {
            var owner = engine.Containers.FirstOrDefault(container =>
                container.Observed.Role == ContainerRole.Base && container.Observed.DeckyName == decky.Value);
            if (owner is null)
            {
                throw new ArgumentException($"Decky '{decky}' has no base container in the in-memory runtime.", nameof(decky));
            }

            if (InMemoryEngine.Kill(owner))
            {
                Signal("die", owner.Name);
            }
        }
    }

    /// <summary>Freezes a running container.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void Pause(string name) => Change(name, "pause", container => Move(container, ContainerState.Running, ContainerState.Paused));

    /// <summary>Lets a frozen container go on.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void Unpause(string name) => Change(name, "unpause", container => Move(container, ContainerState.Paused, ContainerState.Running));

    /// <summary>Makes the health check of a container fail, until it ends or is well again.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void MakeUnhealthy(string name) => SetHealth(name, ContainerHealth.Unhealthy);

    /// <summary>Makes the health check of a container succeed.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void MakeHealthy(string name) => SetHealth(name, ContainerHealth.Healthy);

    /// <summary>Removes a container, running or not, as somebody with access to the engine could.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void RemoveBehindOurBack(string name) => Change(name, "destroy", container => engine.Remove(container.Id));

    /// <summary>
    /// Restarts a running container alone, as an engine's restart policy or somebody with access to the engine could. The
    /// services of a base go on running in the network namespace of its former run, where nobody reaches them.
    /// </summary>
    /// <param name="name">The container. One that does not run is left alone.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    /// <exception cref="RuntimeException">It ended and cannot be started, such as a service whose base does not run.</exception>
    public void RestartBehindOurBack(string name) => Change(name, "restart", engine.Restart);

    /// <summary>Renames a container, as somebody with access to the engine could.</summary>
    /// <param name="name">The container.</param>
    /// <param name="newName">Its new name.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    /// <exception cref="RuntimeException">The new name is taken.</exception>
    public void Rename(string name, string newName) => Change(name, "rename", container => engine.Rename(container, newName));

    /// <summary>Puts a container there that was not made through this runtime, such as a stray that carries our labels.</summary>
    /// <param name="container">What an observation shows of it.</param>
    /// <exception cref="ArgumentException">Its name or id is taken.</exception>
    public void AddForeign(ObservedContainer container)
    {
        ArgumentNullException.ThrowIfNull(container);
        lock (gate)
        {
            if (engine.FindByName(container.Name) is not null || engine.FindById(container.Id) is not null)
            {
                throw new ArgumentException(
                    $"The in-memory runtime has a container with the name '{container.Name}' or the id '{container.Id}' already.", nameof(container));
            }

            engine.Add(new EngineContainer { Observed = container, CreatedAt = time.GetUtcNow() });
            Signal("create", container.Name);
        }
    }

    /// <summary>Removes an image from the engine. <see cref="EnsureImageAsync"/> pulls it again and reports that.</summary>
    /// <param name="image">The image.</param>
    public void RemoveImage(string image)
    {
        lock (gate)
        {
            engine.RemovedImages.Add(image);
        }
    }

    /// <summary>Sets the images that are neither on the engine nor in a registry, in place of those set before.</summary>
    /// <param name="images">The images; none to have them all again.</param>
    public void MissingImages(params IReadOnlyCollection<string> images)
    {
        lock (gate)
        {
            engine.MissingImages.Clear();
            engine.MissingImages.UnionWith(images);
        }
    }

    /// <summary>Cuts the engine off: every request fails, nothing is signalled, and containers go on.</summary>
    /// <param name="reason">What an observation gives as its reason.</param>
    public void Unreachable(string reason)
    {
        lock (gate)
        {
            unreachable = reason;
        }
    }

    /// <summary>Brings the engine back and signals that it is there again.</summary>
    public void Reachable()
    {
        lock (gate)
        {
            if (unreachable is not null)
            {
                unreachable = null;
                Signal("connect", Endpoint);
            }
        }
    }

    /// <summary>Makes every request take some time before it does anything, on the runtime's clock.</summary>
    /// <param name="wait">How long; zero for none.</param>
    public void Delay(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        lock (gate)
        {
            delay = wait;
        }
    }

    /// <summary>Makes coming requests fail without doing anything.</summary>
    /// <param name="error">How they fail.</param>
    /// <param name="times">How many.</param>
    /// <param name="verb">Which kind; null for any that may change something.</param>
    public void FailNext(RuntimeError error, int times = 1, RuntimeVerb? verb = null) =>
        Fail(new RuntimeFault { Error = error, Times = times, Verb = verb });

    /// <summary>Makes coming requests fail as described.</summary>
    /// <param name="fault">The failure.</param>
    public void Fail(RuntimeFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        lock (gate)
        {
            faults.Add(fault);
        }
    }

    /// <summary>Takes back all failures and deaths that were ordered and did not happen.</summary>
    public void ClearFaults()
    {
        lock (gate)
        {
            faults.Clear();
            deaths.Clear();
        }
    }

    /// <summary>Loses signals, as a broken connection does.</summary>
    /// <param name="drop">Whether signals are lost from now on.</param>
    public void DropSignals(bool drop)
    {
        lock (gate)
        {
            dropSignals = drop;
        }
    }

    static bool Move(EngineContainer container, ContainerState from, ContainerState to)
    {
        if (container.Observed.State != from)
        {
            return false;
        }

        container.Enter(to);
        return true;
    }

    static RuntimeException Ordered(RuntimeFault fault, RuntimeVerb verb) => new(
        fault.Error,
        $"The in-memory runtime failed as ordered: {verb} gave {fault.Error}" + (fault.AfterEffect ? ", after its work was done." : "."));

    void SetHealth(string name, ContainerHealth health) => Change(name, "health_status", container =>
    {
        container.Observed = container.Observed with { Health = health };
        return true;
    });

    void Change(string name, string verb, Func<EngineContainer, bool> change)
    {
        lock (gate)
        {
            var container = engine.FindByName(name) ?? throw new ArgumentException(
                $"The in-memory runtime has no container '{name}'. It has: {string.Join(", ", engine.Containers.Select(other => other.Name))}.",
                nameof(name));
            if (change(container))
            {
                Signal(verb, container.Name);
            }
        }
    }

    RuntimeFault? TakeFault(RuntimeVerb verb, string? target)
    {
        if (unreachable is not null)
        {
            throw new RuntimeException(RuntimeError.Unreachable, unreachable);
        }

        var index = faults.FindIndex(fault => fault.Fits(verb, target));
        if (index < 0)
        {
            return null;
        }

        var found = faults[index];
        if (found.Times > 1)
        {
            faults[index] = found with { Times = found.Times - 1 };
        }
        else
        {
            faults.RemoveAt(index);
        }

        return found;
    }
}
