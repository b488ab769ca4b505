namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Derives the state of a decky from its containers (DESIGN 5.6). Expected are the base and its non-singleton services.</summary>
internal static class DeckyJudge
{
    internal const string LostNetwork = " runs in a network that its base container has left";
    internal const string Disconnected = " is not attached to its network any more";

    /// <summary>
    /// Whether a decky has exactly the containers of its blueprint and each is as it should be. Nothing has to be recorded
    /// or repaired then but <see cref="DeckyState.Running"/>; this is the common case, and cheap to tell.
    /// </summary>
    internal static bool IsPristine(Subject subject, ReadOnlySpan<ObservedContainer> containers)
    {
        if (subject.Blueprint is not { } blueprint || containers.Length != blueprint.Services.Count + 1
            || FindPristine(blueprint.Base, containers) is not { } baseContainer || IsDisconnected(baseContainer))
        {
            return false;
        }

        foreach (var service in blueprint.Services)
        {
            if (FindPristine(service, containers) is not { } container || IsCutOff(container, baseContainer) || HasLostNetwork(container))
            {
                return false;
            }
        }

        return true;
    }

    static ObservedContainer? FindPristine(ContainerSpec spec, ReadOnlySpan<ObservedContainer> containers)
    {
        foreach (var container in containers)
        {
            if (container.Name == spec.Name)
            {
                return container.Role == spec.Role
                    && container.ServiceName == spec.ServiceName
                    && container.State == ContainerState.Running
                    && container.Health != ContainerHealth.Unhealthy
                    && !IsOutdated(container, spec.ConfigHash) ? container : null;
            }
        }

        return null;
    }

    internal static DeckyState StateOf(Subject subject, ReadOnlySpan<ObservedContainer> containers)
    {
        var reason = new ReasonWriter(stackalloc char[ReasonWriter.Capacity]);
        return Judge(subject, containers, ref reason);
    }

    /// <summary>Judges a decky and writes what is wrong with it.</summary>
    internal static DeckyState Judge(Subject subject, ReadOnlySpan<ObservedContainer> containers, ref ReasonWriter reason)
    {
        var name = subject.Name.Value;
        var baseContainer = DeckyContainers.FindBase(name, containers);
        var seen = baseContainer is null ? 0 : 1;
        var baseRuns = Check(baseContainer, name, null, null, subject.Blueprint?.Base.ConfigHash, ref reason, out var unhealthy);
        var running = 0;
        for (var i = 0; i < subject.Services.Length; i++)
        {
            var slug = subject.Services[i];
            var service = DeckyContainers.FindService(name, slug, containers);
            seen += service is null ? 0 : 1;
            var expected = subject.Blueprint?.Services[i].ConfigHash;
            running += Check(service, name, slug, baseContainer, expected, ref reason, out var serviceUnhealthy) ? 1 : 0;
            unhealthy |= serviceUnhealthy;
        }

        if (seen == 0)
        {
            reason.Clear();
            reason.Append("no container exists");
            return DeckyState.TornDown;
        }

        if (!baseRuns || (running == 0 && subject.Services.Length > 0))
        {
            return DeckyState.Failed;
        }

        return running == subject.Services.Length && !unhealthy ? DeckyState.Running : DeckyState.Degraded;
    }

    /// <summary>Whether a container does its work; if not, or if it is outdated, the reason says so.</summary>
    static bool Check(
        ObservedContainer? container, string decky, string? service, ObservedContainer? baseContainer, string? expectedHash,
        ref ReasonWriter reason, out bool unhealthy)
    {
        unhealthy = false;
        if (container is null)
        {
            reason.Add(decky, service, " is missing");
            return false;
        }

        if (container.State != ContainerState.Running)
        {
            reason.Add(decky, service, Describe(container.State));
            if (container is { State: ContainerState.Exited or ContainerState.Dead, ExitCode: { } code })
            {
                reason.Append(" with code ");
                reason.Append(code);
            }

            return false;
        }

        if (IsCutOff(container, baseContainer))
        {
            reason.Add(decky, service, " runs in the network of a base container that is gone");
            return false;
        }

        if (HasLostNetwork(container))
        {
            reason.Add(decky, service, LostNetwork);
            return false;
        }

        if (IsDisconnected(container))
        {
            reason.Add(decky, service, Disconnected);
            return false;
        }

        unhealthy = container.Health == ContainerHealth.Unhealthy;
        if (unhealthy)
        {
            reason.Add(decky, service, " is unhealthy");
        }

        if (IsOutdated(container, expectedHash))
        {
            reason.Add(decky, service, " has an outdated configuration");
        }

        return true;
    }

    /// <summary>Whether a service joined the network namespace of another container than the decky's base.</summary>
    internal static bool IsCutOff(ObservedContainer container, ObservedContainer? baseContainer) =>
        container.NetworkContainerId is { } joined && baseContainer is not null && joined != baseContainer.Id;

    /// <summary>Whether a service runs in a network namespace that its base has left.</summary>
    internal static bool HasLostNetwork(ObservedContainer container) => container is { NetworkLost: true, Role: ContainerRole.Service };

    /// <summary>Whether somebody took a base, and with it all its services, off the fleet's network.</summary>
    internal static bool IsDisconnected(ObservedContainer container) => container is { NetworkLost: true, Role: ContainerRole.Base };

    /// <summary>Whether a container was made by us from another configuration. One that others made cannot be compared.</summary>
    internal static bool IsOutdated(ObservedContainer container, string? expectedHash) =>
        container.ConfigHash is not null && expectedHash is not null && container.ConfigHash != expectedHash;

    internal static string Describe(ContainerState state) => state switch
    {
        ContainerState.Created => " was never started",
        ContainerState.Running => " runs",
        ContainerState.Paused => " is paused",
        ContainerState.Restarting => " keeps restarting",
        ContainerState.Removing => " is being removed",
        ContainerState.Exited => " exited",
        ContainerState.Dead => " is dead",
        _ => " is in a state that is not known",
    };
}
