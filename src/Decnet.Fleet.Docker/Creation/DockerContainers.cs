namespace Decnet.Fleet.Docker.Creation;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Microsoft.Extensions.Logging;

/// <summary>Makes, starts and renames containers, and explains the engine's refusals in a decky's terms.</summary>
internal sealed class DockerContainers(EngineClient engine, ContainerBodies bodies, ILogger logger)
{
    /// <summary>How many different warnings are remembered; the engine has but a handful.</summary>
    const int MostWarnings = 64;

    readonly ConcurrentDictionary<string, bool> warned = new(StringComparer.Ordinal);

    internal async Task<string> CreateAsync(
        ContainerSpec container, string name, string image, string? baseContainerId, CancellationToken cancellationToken)
    {
        var made = await engine.Containers.CreateAsync(bodies.Make(container, image, baseContainerId), name, cancellationToken).ConfigureAwait(false);
        foreach (var warning in made.Warnings ?? [])
        {
            // Most are about the host, and come again with each container.
            if (warned.Count < MostWarnings && warned.TryAdd(warning, true))
            {
                DockerLog.CreateWarning(logger, name, warning);
            }
        }

        return made.Id!;
    }

    internal async Task StartAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Containers.StartAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException refused) when (refused.Error != RuntimeError.Conflict && EngineRefusals.IsTaken(refused))
        {
            throw EngineRefusals.Taken(refused, "Another container has its address: see docker network inspect.");
        }
        catch (DockerEngineException refused) when (refused.EngineMessage is { } said && said.Contains("/proc/sys/", StringComparison.Ordinal))
        {
            throw new DockerEngineException(
                RuntimeError.Invalid,
                $"{refused.Message} The kernel of the engine's host does not take this setting, which the decky's OS family has; give the decky another family.",
                refused.Request,
                refused.StatusCode,
                refused.EngineMessage,
                refused);
        }
    }

    internal async Task RenameAsync(string id, string name, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Containers.RenameAsync(id, name, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException refused) when (refused.Error is RuntimeError.Invalid or RuntimeError.Conflict)
        {
            // The engine refuses the name that a container has already.
            var container = await engine.Containers.InspectAsync(id, cancellationToken).ConfigureAwait(false);
            if (container.Name?.TrimStart('/') != name)
            {
                throw;
            }
        }
    }
}
