namespace Decnet.Fleet.Docker;

using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Model;

/// <summary>
/// How the containers and the network of a project are called on the engine. The library knows one project, <c>decnet</c>; those of
/// another one are renamed on their way to the engine and back, so that fleets which share an engine never see each other.
/// </summary>
internal sealed class FleetProject
{
    internal const int MaxLength = 63;

    internal static readonly FleetProject Default = new(DecnetLabels.Project);

    readonly string name;
    readonly string prefix;

    internal FleetProject(string name)
    {
        this.name = name;
        var isDefault = name == DecnetLabels.Project;
        prefix = isDefault ? "" : name + "-";
        NetworkName = isDefault ? DecnetLabels.NetworkName : name + "_lan";
        NetworkNameUtf8 = Encoding.UTF8.GetBytes(NetworkName);
    }

    /// <summary>The name of the network on the engine.</summary>
    internal string NetworkName { get; }

    internal byte[] NetworkNameUtf8 { get; }

    /// <summary>The label that tells the engine whose containers are meant.</summary>
    internal string Label => $"{DecnetLabels.ComposeProject}={name}";

    /// <summary>Whether Compose takes a name for a project.</summary>
    internal static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaxLength }
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    internal bool Owns(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(DecnetLabels.ComposeProject, out var project) && project == name;

    internal string ContainerToEngine(string container) => prefix + container;

    internal string ContainerFromEngine(string container) =>
        container.StartsWith(prefix, StringComparison.Ordinal) ? container[prefix.Length..] : container;

    internal string NetworkToEngine(string network) => network == DecnetLabels.NetworkName ? NetworkName : network;

    internal ContainerSpec ToEngine(ContainerSpec container) => prefix.Length == 0 ? container : container with
    {
        Name = ContainerToEngine(container.Name),
        Labels = Relabelled(container.Labels, DecnetLabels.Project, name),
        NetworkName = container.NetworkName is { } network ? NetworkToEngine(network) : null,
    };

    internal NetworkSpec ToEngine(NetworkSpec network) => prefix.Length == 0 ? network : network with
    {
        Name = NetworkToEngine(network.Name),
        Labels = Relabelled(network.Labels, DecnetLabels.Project, name),
    };

    internal NetworkSpec FromEngine(NetworkSpec network) => prefix.Length == 0 ? network : network with
    {
        Name = network.Name == NetworkName ? DecnetLabels.NetworkName : network.Name,
        Labels = Relabelled(network.Labels, name, DecnetLabels.Project),
    };

    /// <summary>Another project's network that has the default name on this engine is foreign, whatever its label says.</summary>
    ValueMap<string> Relabelled(ValueMap<string> labels, string from, string to) => new(labels
        .Where(label => label.Key != DecnetLabels.ComposeProject || label.Value == from)
        .Select(label => label.Key switch
        {
            DecnetLabels.ComposeProject => new(label.Key, to),
            DecnetLabels.ComposeNetwork => new(label.Key, to == DecnetLabels.Project ? DecnetLabels.NetworkName : NetworkName),
            _ => label,
        }));
}
