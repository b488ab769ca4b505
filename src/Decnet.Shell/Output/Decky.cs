namespace Decnet.Shell.Output;

using Model = Decnet.Fleet.Model;

/// <summary>A decoy host as it should be. It is a description; nothing runs because of it.</summary>
public sealed class Decky
{
    internal Decky(Model.Decky decky, Model.Fleet origin, bool hasNetwork = true)
    {
        Desired = decky;
        Origin = origin;
        HasNetwork = hasNetwork;
    }

    /// <summary>The name, a DNS label.</summary>
    public string Name => Desired.Name.Value;

    /// <summary>The address on the LAN.</summary>
    public string IPAddress => Desired.IPAddress.ToString();

    /// <summary>The services, by their slugs.</summary>
    public string[] Services => [.. Desired.Services];

    /// <summary>The Linux distribution that it is made of.</summary>
    public string Distro => Desired.Distro;

    /// <summary>The image of its base container.</summary>
    public string BaseImage => Desired.BaseImage;

    /// <summary>The host name that it shows.</summary>
    public string Hostname => Desired.Hostname;

    /// <summary>The archetype that it was made from; null for none.</summary>
    public string? Archetype => Desired.Archetype;

    /// <summary>The operating system that its TCP/IP stack looks like.</summary>
    public string NmapOs => Desired.NmapOs;

    /// <summary>The hardware address; null when the engine chooses.</summary>
    public string? MacAddress => Desired.MacAddress?.ToString();

    /// <summary>How often its services change; null for never.</summary>
    public TimeSpan? MutateInterval => Desired.MutateInterval;

    /// <summary>The host that runs it; null for the one that deploys it.</summary>
    public string? HostId => Desired.HostId?.Value;

    internal Model.Decky Desired { get; }

    /// <summary>The fleet that it was described in, with its network and catalog.</summary>
    internal Model.Fleet Origin { get; }

    /// <summary>Whether the network of <see cref="Origin"/> was named by somebody, and not only made up around the addresses.</summary>
    internal bool HasNetwork { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
