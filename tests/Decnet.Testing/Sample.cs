namespace Decnet.Testing;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Deckies, fleets and states for tests, plain by default.</summary>
public static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Decky Decky(string name, string address, params string[] services) => new()
    {
        Name = DeckyName.Parse(name),
        IPAddress = IPAddress.Parse(address),
        Services = [.. services.Length == 0 ? ["ssh", "http"] : services],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim",
        BuildBase = "debian:bookworm-slim",
        Hostname = $"srv-{name}",
    };

    /// <summary>Deckies <c>decky-01</c>, <c>decky-02</c> … with the services ssh and http.</summary>
    public static Decky[] Deckies(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Decky($"decky-{i:00}", $"198.18.{i / 250}.{(i % 250) + 2}"))];

    public static Fleet Fleet(params IEnumerable<Decky> deckies) => new()
    {
        Subnet = IPNetwork.Parse("198.18.0.0/16"),
        Gateway = IPAddress.Parse("198.18.0.1"),
        Driver = NetworkDriver.Bridge,
        Deckies = [.. deckies],
    };

    public static DesiredState.Known Known(Fleet fleet, long generation = 1) => new()
    {
        Fleet = fleet,
        Generation = generation,
        Origin = FleetFileOrigin.Saved,
        Checksum = new string('0', 64),
    };

    public static RecordedState Recorded(IEnumerable<DeckyRow>? rows = null, IEnumerable<Operation>? operations = null) => new()
    {
        HostId = HostId.Local,
        Rows = [.. (rows ?? []).OrderBy(row => row.Name)],
        OpenOperations = [.. operations ?? []],
    };

    /// <summary>The containers of a decky as a runtime shows them when all is well.</summary>
    public static IEnumerable<ObservedContainer> Containers(DeckyBlueprint blueprint)
    {
        var name = blueprint.Decky.Name.Value;
        var baseId = $"id-{name}";
        yield return new ObservedContainer
        {
            Id = baseId,
            Name = blueprint.Base.Name,
            DeckyName = name,
            Role = ContainerRole.Base,
            HostId = "local",
            ConfigHash = blueprint.Base.ConfigHash,
            State = ContainerState.Running,
        };
        foreach (var service in blueprint.Services)
        {
            yield return new ObservedContainer
            {
                Id = $"id-{service.Name}",
                Name = service.Name,
                DeckyName = name,
                Role = ContainerRole.Service,
                ServiceName = service.ServiceName,
                HostId = "local",
                ConfigHash = service.ConfigHash,
                State = ContainerState.Running,
                NetworkContainerId = baseId,
            };
        }
    }

    public static DeckyRow Row(DeckyBlueprint blueprint, DeckyState state = DeckyState.Running, string? reason = null) => new()
    {
        HostId = HostId.Local,
        Name = blueprint.Decky.Name,
        IPAddress = blueprint.Decky.IPAddress,
        Services = blueprint.Decky.Services,
        ConfigJson = blueprint.ConfigJson,
        ConfigHash = blueprint.ConfigHash,
        State = state,
        Reason = reason,
        LastSeen = Now,
        UpdatedAt = Now,
        Revision = 1,
    };

    public static Operation Operation(string decky, DateTimeOffset? deadline = null) => new()
    {
        Id = Guid.Parse("01900000-0000-7000-8000-000000000001"),
        HostId = HostId.Local,
        DeckyName = DeckyName.Parse(decky),
        Kind = OperationKind.Deploy,
        Status = OperationStatus.Running,
        CreatedAt = Now,
        UpdatedAt = Now,
        Deadline = deadline ?? Now.AddMinutes(5),
    };
}
