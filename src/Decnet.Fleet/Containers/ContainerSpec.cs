namespace Decnet.Fleet.Containers;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Everything that makes one container. Equal specifications have equal <see cref="ConfigHash"/>es.</summary>
public sealed record ContainerSpec
{
    /// <summary>The name: the decky's, or the decky's, a hyphen and the service's slug with hyphens for underscores.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to its decky.</summary>
    public required ContainerRole Role { get; init; }

    /// <summary>The slug of its service; null for a base.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The image: of the distribution for a base, of the service, or the decoy image when the service has none of its own.</summary>
    public required string Image { get; init; }

    /// <summary>The command, a word an element; none for the image's own. With the decoy image, a shell script that greets on <see cref="Ports"/>.</summary>
    public ValueList<string> Command { get; init; } = [];

    /// <summary>The host name; null for a service, which shares its base's.</summary>
    public string? Hostname { get; init; }

    /// <summary>The environment. It names neither the product nor the decky, since an intruder reads it.</summary>
    public ValueMap<string> Environment { get; init; } = ValueMap<string>.Empty;

    /// <summary>The labels, without those that say which host and configuration it is.</summary>
    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    /// <summary>Kernel settings of its network namespace; a base's only.</summary>
    public ValueMap<string> Sysctls { get; init; } = ValueMap<string>.Empty;

    /// <summary>The capabilities that it keeps; all others are dropped.</summary>
    public ValueList<string> Capabilities { get; init; } = [];

    /// <summary>Folders that it sees, as <c>DECKY/FOLDER</c> below the runtime's root of artifacts.</summary>
    public ValueList<ServiceVolume> Volumes { get; init; } = [];

    /// <summary>The ports that it really opens, as <see cref="Catalog.FleetCatalog.PortsOpenedBy"/> tells them.</summary>
    public ValueList<ServicePort> Ports { get; init; } = [];

    /// <summary>The network that a base is attached to; null for a service.</summary>
    public string? NetworkName { get; init; }

    /// <summary>The address of a base; null for a service.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>The MAC address of a base; null to let the runtime choose.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The hash over all of the above, as <see cref="DeckyBlueprint"/> describes.</summary>
    public required string ConfigHash { get; init; }
}
