namespace Decnet.Fleet.Docker.Networks;

using System.Text.Json;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;

/// <summary>Finds, makes and removes networks. Those without our label are used when they fit, and never removed.</summary>
internal sealed class DockerNetworks(EngineClient engine, ParentInterfaces parents, FleetProject project)
{
    internal async Task<ObservedNetwork?> FindAsync(string name, CancellationToken cancellationToken)
    {
        name = project.NetworkToEngine(name);

        // The engine's filter finds every name that contains the text.
        var listed = await engine.Networks.ListAsync(EngineFilters.Of(("name", [name])), cancellationToken).ConfigureAwait(false);
        if (Choose(name, [.. listed.Where(network => network.Name == name && network.Id is not null)]) is not { } chosen)
        {
            return null;
        }

        try
        {
            var network = await engine.Networks.InspectAsync(chosen, cancellationToken).ConfigureAwait(false);
            return new ObservedNetwork(chosen, project.FromEngine(NetworkReading.ToSpec(network)), await AttachedAsync(network, cancellationToken).ConfigureAwait(false));
        }
        catch (DockerEngineException gone) when (gone.Error == RuntimeError.NotFound)
        {
            return null;
        }
    }

    internal async Task CreateAsync(NetworkSpec wanted, CancellationToken cancellationToken)
    {
        var network = await parents.CompleteAsync(wanted, cancellationToken).ConfigureAwait(false);
        try
        {
            await engine.Networks.CreateAsync(NetworkReading.ToCreate(project.ToEngine(network)), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException refused) when (EngineRefusals.IsTaken(refused))
        {
            // Somebody may have made the same one meanwhile.
            var found = await FindAsync(network.Name, cancellationToken).ConfigureAwait(false);
            if (found is null || NetworkProvisioner.Differences(found.Spec, network).Count > 0)
            {
                throw EngineRefusals.Taken(refused, "Another network has this name, subnet or parent interface: see docker network ls.");
            }
        }
    }

    internal async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var network = await engine.Networks.InspectAsync(id, cancellationToken).ConfigureAwait(false);
            if (!project.Owns(network.Labels))
            {
                throw new RuntimeException(
                    RuntimeError.Conflict,
                    $"The network {network.Name} was not made by Decnet, so that it is not removed. Remove it yourself: docker network rm {network.Name}");
            }

            await engine.Networks.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException gone) when (gone.Error == RuntimeError.NotFound)
        {
            // That is what was asked for.
        }
        catch (DockerEngineException refused) when (EngineRefusals.IsTaken(refused))
        {
            throw EngineRefusals.Taken(refused, "Containers are attached to it.");
        }
    }

    string? Choose(string name, NetworkDetails[] candidates)
    {
        var ours = candidates.Where(network => project.Owns(network.Labels)).ToArray();
        var left = ours.Length > 0 ? ours : candidates;
        return left.Length <= 1
            ? left.FirstOrDefault()?.Id
            : throw new RuntimeException(
                RuntimeError.Conflict,
                $"There are {left.Length} networks with the name {name}, so that none can be told by it. Remove all but one by their ids: "
                + string.Join(", ", left.Select(network => network.Id)));
    }

    /// <summary>The containers of a network. Inspecting shows those that run; removing it would break the others as well.</summary>
    async Task<ValueList<string>> AttachedAsync(NetworkDetails network, CancellationToken cancellationToken)
    {
        if (network.Containers is { Count: > 0 } running)
        {
            return [.. running.Select(member => member.Value.Name ?? member.Key).Order(StringComparer.Ordinal)];
        }

        var names = await engine.Containers.ListAsync(
            EngineFilters.Of(("network", [network.Id!, network.Name!])), ReadNamesAsync, cancellationToken).ConfigureAwait(false);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    static async Task<List<string>> ReadNamesAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var list = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (list.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The answer is no list of containers.");
        }

        var names = new List<string>();
        foreach (var container in list.RootElement.EnumerateArray())
        {
            var name = container.TryGetProperty("Names", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 0
                ? all[0].GetString()
                : container.TryGetProperty("Id", out var id) ? id.GetString() : null;
            names.Add(name?.TrimStart('/') ?? "a container without a name");
        }

        return names;
    }
}
