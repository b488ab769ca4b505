namespace Decnet.Benchmarks;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Fleets of a given size with two services a decky, and what a store and a runtime hold when they have converged.</summary>
internal static class Fleets
{
    internal static FleetRequest Request(int count) => new()
    {
        Count = count,
        Subnet = IPNetwork.Parse("198.18.0.0/15"),
        Gateway = IPAddress.Parse("198.19.255.254"),
        Services = ["ssh", "http"],
        Driver = NetworkDriver.Bridge,
        Seed = 1,
    };

    internal static Fleet Build(int count) => new FleetBuilder().Build(Request(count));

    internal static DesiredState.Known Desired(Fleet fleet) => new()
    {
        Fleet = fleet,
        Generation = 1,
        Origin = FleetFileOrigin.Saved,
        Checksum = new string('0', 64),
    };

    internal static IEnumerable<ObservedContainer> Containers(DeckyBlueprint blueprint) =>
        blueprint.Services.Prepend(blueprint.Base).Select(container => new ObservedContainer
        {
            Id = $"id-{container.Name}",
            Name = container.Name,
            DeckyName = blueprint.Decky.Name.Value,
            Role = container.Role,
            ServiceName = container.ServiceName,
            HostId = "local",
            ConfigHash = container.ConfigHash,
            State = ContainerState.Running,
            NetworkContainerId = container.Role == ContainerRole.Service ? $"id-{blueprint.Base.Name}" : null,
        });

    internal static DeckyRow Row(DeckyBlueprint blueprint) => new()
    {
        HostId = HostId.Local,
        Name = blueprint.Decky.Name,
        IPAddress = blueprint.Decky.IPAddress,
        Services = blueprint.Decky.Services,
        ConfigJson = blueprint.ConfigJson,
        ConfigHash = blueprint.ConfigHash,
        State = DeckyState.Running,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Revision = 1,
    };
}
