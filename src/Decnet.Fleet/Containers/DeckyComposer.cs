namespace Decnet.Fleet.Containers;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Turns the desired configuration of a decky into the containers that make it. Pure: the same input gives the same result.
/// It may be used by several threads.
/// </summary>
/// <param name="catalog">The catalog of the fleet, as <see cref="FleetCatalog.For"/> gives it.</param>
public sealed class DeckyComposer(FleetCatalog catalog)
{
    static readonly ValueList<string> BaseCommand = ["sleep", "infinity"];

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
    /// <exception cref="DecnetException">The catalog does not have a service or the OS family of the decky.</exception>
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

    ContainerSpec ComposeBase(Fleet fleet, Decky decky, CanonicalBytes bytes)
    {
        var family = catalog.FindOsFamily(decky.NmapOs) ?? throw Unknown(decky, UnknownSlug.OsFamily(catalog, decky.NmapOs));
        return Hashed(bytes, new ContainerSpec
        {
            Name = ContainerNames.Base(decky.Name),
            Role = ContainerRole.Base,
            Image = catalog.ResolveImage(decky.BaseImage),
            Command = BaseCommand,
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

    ContainerSpec ComposeService(Decky decky, ServiceDefinition service, CanonicalBytes bytes)
    {
        decky.ServiceConfig.TryGetValue(service.Slug, out var settings);
        return Hashed(bytes, new ContainerSpec
        {
            Name = ContainerNames.Service(decky.Name, service.Slug),
            Role = ContainerRole.Service,
            ServiceName = service.Slug,
            Image = service.Image is { } image ? catalog.ResolveImage(image) : null,
            Command = service.Command,
            Environment = ServiceEnvironment.Of(service, settings, decky.Hostname),
            Labels = DecnetLabels.Service(decky.Name, service.Slug),
            Capabilities = service.Capabilities,
            Volumes = VolumesOf(decky, service),
            Ports = OpenPorts.Of(service, settings),
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
