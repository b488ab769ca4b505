namespace Decnet.Fleet.Swarm.Tests.AspNetCore.Support;

using System.Net;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

internal static class Samples
{
    internal static DeployCommand Deploy(bool dryRun = false) => new()
    {
        Version = SwarmProtocol.Version,
        DryRun = dryRun,
        Network = new SwarmNetwork { Subnet = IPNetwork.Parse("198.18.5.0/24"), Gateway = IPAddress.Parse("198.18.5.1"), Driver = NetworkDriver.Macvlan },
        Orders = [new DeployOrder(Guid.Parse("0198d6a0-0000-7000-8000-000000000001"), Decky("web-01"))],
    };

    internal static string DeployText(bool dryRun = false) => JsonSerializer.Serialize(Deploy(dryRun), SwarmJsonContext.Default.DeployCommand);

    internal static HostReport Report(HostId host) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = host,
        Number = 1,
        AgentVersion = "0.1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        TrustVersion = 1,
        Deckies = [],
        OpenOperations = [],
        Deltas = [],
    };

    internal static string ReportText(HostId host) => JsonSerializer.Serialize(Report(host), SwarmJsonContext.Default.HostReport);

    internal static async Task<SwarmProblem> ProblemAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), SwarmJsonContext.Default.SwarmProblem)!;

    static Decky Decky(string name) => new()
    {
        Name = DeckyName.Parse(name),
        IPAddress = IPAddress.Parse("198.18.5.7"),
        Services = ["http", "ssh"],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim",
        BuildBase = "debian:bookworm-slim",
        Hostname = name,
    };
}
