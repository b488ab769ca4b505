namespace Decnet.Fleet.Containers;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers.StandIns;
using Decnet.Fleet.Model;

/// <summary>
/// Turns the desired configuration of a decky into the containers that make it. Pure: the same input gives the same result.
/// It may be used by several threads.
/// </summary>
/// <param name="catalog">The catalog of the fleet, as <see cref="FleetCatalog.For"/> gives it.</param>
/// <param name="decoyImage">
/// The image that stands in for services without an image of their own: any that has the shell and the <c>nc</c> of BusyBox. It
/// goes through <see cref="FleetCatalog.ResolveImage"/> like every other. Null for <see cref="DefaultDecoyImage"/>.
/// </param>
/// <exception cref="ArgumentException">The decoy image is not an image reference.</exception>
public sealed class DeckyComposer(FleetCatalog catalog, string? decoyImage = null)
{
    /// <summary>The decoy image unless another is asked for: BusyBox 1.36.1, by the digest of its list of architectures.</summary>
    public const string DefaultDecoyImage = "busybox:1.36@sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662";

    /// <summary>All that a stand-in keeps: its ports are mostly below 1024.</summary>
    static readonly ValueList<string> StandInCapabilities = ["NET_BIND_SERVICE"];

    readonly string decoyImage = catalog.ResolveImage(Checked(decoyImage, nameof(decoyImage)));

    /// <summary>Reused by all deckies that a thread composes.</summary>
    [ThreadStatic]
    static CanonicalBytes? scratch;

    /// <summary>The network that the deckies of a fleet are attached to.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <returns>The network.</returns>
    public static NetworkSpec Network(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return new NetworkSpec
        {
            Name = DecnetLabels.NetworkName,
            Driver = fleet.Driver,
            Subnet = fleet.Subnet,
            Gateway = fleet.Gateway,
            ParentInterface = fleet.Driver == NetworkDriver.Bridge ? null : fleet.Interface,
            Labels = DecnetLabels.Network,
        };
    }

    /// <summary>Makes the containers of a decky.</summary>
    /// <param name="fleet">The fleet, for its network.</param>
    /// <param name="decky">The decky.</param>
    /// <returns>The containers and their hashes.</returns>
    /// <exception cref="DecnetException">
    /// The catalog does not have a service or the OS family of the decky, or a setting that a stand-in shows cannot be shown.
    /// </exception>
    public DeckyBlueprint Compose(Fleet fleet, Decky decky)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(decky);
        var bytes = scratch ??= new CanonicalBytes();
        var @base = ComposeBase(fleet, decky, bytes);
        var services = new List<ContainerSpec>(decky.Services.Count);
        foreach (var slug in decky.Services)
        {
            var service = catalog.FindService(slug) ?? throw Unknown(decky, UnknownSlug.Service(catalog, slug));
            if (!service.FleetSingleton)
            {
                services.Add(ComposeService(decky, service, bytes));
            }
        }

        ContainerSpec[] containers = [.. services];
        return new DeckyBlueprint
        {
            Decky = decky,
            Base = @base,
            Services = new ValueList<ContainerSpec>(containers),
            ConfigHash = ConfigHashes.Of(decky, fleet.Driver, @base, containers, bytes),
            ConfigJson = FleetJson.Write(decky),
        };
    }

    internal static string Checked(string? decoyImage, string parameter) =>
        (decoyImage ??= DefaultDecoyImage).Length > 0 && CatalogSyntax.IsImage(decoyImage)
            ? decoyImage
            : throw new ArgumentException($"'{decoyImage}' is not an image reference. Write it as registry/name:tag, or with @sha256: and a digest.", parameter);

    ContainerSpec ComposeBase(Fleet fleet, Decky decky, CanonicalBytes bytes)
    {
        var family = catalog.FindOsFamily(decky.NmapOs) ?? throw Unknown(decky, UnknownSlug.OsFamily(catalog, decky.NmapOs));
        return Hashed(bytes, new ContainerSpec
        {
            Name = ContainerNames.Base(decky.Name),
            Role = ContainerRole.Base,
            Image = catalog.ResolveImage(decky.BaseImage),
            Command = BaseCommand(fleet),
            Hostname = decky.Hostname,
            Labels = DecnetLabels.Base(decky.Name),
            Sysctls = family.Sysctls,
            NetworkName = DecnetLabels.NetworkName,
            IPAddress = decky.IPAddress,
            // Docker's ipvlan driver refuses an address: its interfaces share the parent's.
            MacAddress = fleet.Driver == NetworkDriver.Ipvlan ? null : decky.MacAddress,
            ConfigHash = "",
        });
    }

    /// <summary>
    /// A base only sleeps; but first it asks the gateway for names, as a host of the LAN would, and so do its services. Docker's own name
    /// server tells the names of all deckies and of their network to whoever looks up a neighbour's address, and asks through the host.
    /// </summary>
    static ValueList<string> BaseCommand(Fleet fleet) =>
        ["sh", "-c", $"echo nameserver {fleet.Gateway} > /etc/resolv.conf; exec sleep infinity"];

    ContainerSpec ComposeService(Decky decky, ServiceDefinition service, CanonicalBytes bytes)
    {
        decky.ServiceConfig.TryGetValue(service.Slug, out var settings);
        var ports = FleetCatalog.PortsOpenedBy(service, settings);
        return Hashed(bytes, new ContainerSpec
        {
            Name = ContainerNames.Service(decky.Name, service.Slug),
            Role = ContainerRole.Service,
            ServiceName = service.Slug,
            Image = service.Image is { } image ? catalog.ResolveImage(image) : decoyImage,
            Command = service.Image is null ? StandInCommand.For(decky, service, settings, ports) : service.Command,
            Environment = ServiceEnvironment.Of(service, settings, decky.Hostname),
            Labels = DecnetLabels.Service(decky.Name, service.Slug),
            Capabilities = service.Image is null ? StandInCapabilities : service.Capabilities,
            Volumes = service.Image is null ? [] : VolumesOf(decky, service),
            Ports = ports,
            ConfigHash = "",
        });
    }

    static ValueList<ServiceVolume> VolumesOf(Decky decky, ServiceDefinition service) =>
        service.Volumes.Count == 0
            ? service.Volumes
            : [.. service.Volumes.Select(volume => volume with { Folder = $"{decky.Name.Value}/{volume.Folder}" })];

    static ContainerSpec Hashed(CanonicalBytes bytes, ContainerSpec spec) => spec with { ConfigHash = ConfigHashes.Of(spec, bytes) };

    static DecnetException Unknown(Decky decky, FleetIssue issue) =>
        new($"The decky '{decky.Name}' cannot be composed: {issue.Message} ({issue.Fix})");
}
