namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Decides which containers of a decky to touch so that it becomes what its blueprint says, and no others.</summary>
internal static class RepairDiff
{
    internal static void AddSteps(Subject subject, ReadOnlySpan<ObservedContainer> containers, RepairMode mode, List<PlanStep> steps)
    {
        if (mode == RepairMode.Off || subject.Blueprint is not { } blueprint)
        {
            return;
        }

        var name = subject.Name.Value;
        var baseContainer = DeckyContainers.FindBase(name, containers);
        var baseProblem = Problem(baseContainer, null, blueprint.Base.ConfigHash, mode);
        if (baseProblem != ContainerProblem.None)
        {
            AddBaseStep(subject, baseContainer, baseProblem, containers, mode, steps);
            return;
        }

        for (var i = 0; i < subject.Services.Length; i++)
        {
            var spec = blueprint.Services[i];
            var service = DeckyContainers.FindService(name, subject.Services[i], containers);
            AddServiceStep(subject, spec, service, Problem(service, baseContainer, spec.ConfigHash, mode), mode, steps);
        }

        if (mode == RepairMode.Recreate)
        {
            AddSurplus(subject, baseContainer!, containers, steps);
            AddRenames(subject, baseContainer!, containers, steps);
        }
    }

    static void AddBaseStep(
        Subject subject, ObservedContainer? baseContainer, ContainerProblem problem, ReadOnlySpan<ObservedContainer> containers,
        RepairMode mode, List<PlanStep> steps)
    {
        var name = subject.Name.Value;
        if (mode == RepairMode.Recreate && problem != ContainerProblem.Wait)
        {
            steps.Add(new PlanStep
            {
                Action = PlanAction.ReplaceDecky,
                DeckyName = name,
                ContainerId = baseContainer?.Id,
                Reason = containers.IsEmpty ? $"{name} has no container" : Explain(name, baseContainer, problem),
            });
        }
        else if (problem == ContainerProblem.Stopped)
        {
            steps.Add(new PlanStep
            {
                Action = PlanAction.RestartDecky,
                DeckyName = name,
                Container = baseContainer!.Name,
                ContainerId = baseContainer.Id,
                Reason = Explain(name, baseContainer, problem),
            });
        }
    }

    static void AddServiceStep(
        Subject subject, ContainerSpec spec, ObservedContainer? service, ContainerProblem problem, RepairMode mode, List<PlanStep> steps)
    {
        PlanAction? action = problem switch
        {
            ContainerProblem.Stopped or ContainerProblem.NetworkLost => PlanAction.StartContainer,
            ContainerProblem.Missing or ContainerProblem.Unusable or ContainerProblem.Outdated when mode == RepairMode.Recreate =>
                PlanAction.ReplaceContainer,
            _ => null,
        };
        if (action is { } wanted)
        {
            steps.Add(new PlanStep
            {
                Action = wanted,
                DeckyName = subject.Name.Value,
                Container = spec.Name,
                ServiceName = spec.ServiceName,
                ContainerId = service?.Id,
                Reason = Explain(spec.Name, service, problem),
            });
        }
    }

    /// <summary>Containers that the decky no longer has, and those that an interrupted replacement left.</summary>
    static void AddSurplus(Subject subject, ObservedContainer baseContainer, ReadOnlySpan<ObservedContainer> containers, List<PlanStep> steps)
    {
        var name = subject.Name.Value;
        foreach (var container in containers)
        {
            var wanted = container.Role == ContainerRole.Base ? baseContainer
                : Array.IndexOf(subject.Services, container.ServiceName) < 0 ? null
                : DeckyContainers.FindService(name, container.ServiceName!, containers);
            if (ReferenceEquals(wanted, container))
            {
                continue;
            }

            steps.Add(new PlanStep
            {
                Action = PlanAction.RemoveContainer,
                DeckyName = name,
                Container = container.Name,
                ServiceName = container.ServiceName,
                ContainerId = container.Id,
                Reason = wanted is null
                    ? $"{name} no longer has the service {container.ServiceName}"
                    : $"{container.Name} is left over from an interrupted replacement of {wanted.Name}",
            });
        }
    }

    /// <summary>Containers of ours that do their work under another name. Names that other tools gave are theirs.</summary>
    static void AddRenames(Subject subject, ObservedContainer baseContainer, ReadOnlySpan<ObservedContainer> containers, List<PlanStep> steps)
    {
        var blueprint = subject.Blueprint!;
        AddRename(blueprint.Base, baseContainer, subject, steps);
        for (var i = 0; i < subject.Services.Length; i++)
        {
            var service = DeckyContainers.FindService(subject.Name.Value, subject.Services[i], containers);
            if (Problem(service, baseContainer, blueprint.Services[i].ConfigHash, RepairMode.Recreate) == ContainerProblem.None)
            {
                AddRename(blueprint.Services[i], service!, subject, steps);
            }
        }
    }

    static void AddRename(ContainerSpec spec, ObservedContainer container, Subject subject, List<PlanStep> steps)
    {
        if (container.Name != spec.Name && container.ConfigHash is not null)
        {
            steps.Add(new PlanStep
            {
                Action = PlanAction.RenameContainer,
                DeckyName = subject.Name.Value,
                Container = spec.Name,
                ServiceName = spec.ServiceName,
                ContainerId = container.Id,
                Reason = $"{spec.Name} is called {container.Name}",
            });
        }
    }

    static ContainerProblem Problem(
        ObservedContainer? container, ObservedContainer? baseContainer, string expectedHash, RepairMode mode)
    {
        if (container is null)
        {
            return ContainerProblem.Missing;
        }

        // Who may only start containers starts outdated ones too: an old decoy is better than none.
        if (mode == RepairMode.Recreate && DeckyJudge.IsOutdated(container, expectedHash))
        {
            return ContainerProblem.Outdated;
        }

        if (DeckyJudge.IsCutOff(container, baseContainer))
        {
            return ContainerProblem.Unusable;
        }

        return container.State switch
        {
            ContainerState.Running when DeckyJudge.HasLostNetwork(container) => ContainerProblem.NetworkLost,
            ContainerState.Running when DeckyJudge.IsDisconnected(container) => ContainerProblem.Disconnected,
            ContainerState.Running => ContainerProblem.None,
            ContainerState.Created or ContainerState.Exited or ContainerState.Paused => ContainerProblem.Stopped,
            ContainerState.Dead or ContainerState.Unknown => ContainerProblem.Unusable,
            // The engine is at work on these; a later pass sees where that leads.
            _ => ContainerProblem.Wait,
        };
    }

    static string Explain(string name, ObservedContainer? container, ContainerProblem problem) => problem switch
    {
        ContainerProblem.Missing => $"{name} is missing",
        ContainerProblem.Outdated => $"{name} has an outdated configuration",
        ContainerProblem.Unusable when container!.State == ContainerState.Running =>
            $"{name} runs in the network of a base container that is gone",
        ContainerProblem.NetworkLost => name + DeckyJudge.LostNetwork,
        ContainerProblem.Disconnected => name + DeckyJudge.Disconnected,
        _ => name + DeckyJudge.Describe(container!.State),
    };
}
