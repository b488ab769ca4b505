namespace Decnet.SwarmTimings;

using System.Globalization;
using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>A fleet on many hosts, the same in every process, and what its hosts report of it.</summary>
internal sealed class SimulatedHosts
{
    readonly long[] numbers;

    internal SimulatedHosts(int hosts, int deckies)
    {
        Ids = [.. Enumerable.Range(0, hosts).Select(i => HostId.Parse(string.Create(CultureInfo.InvariantCulture, $"host-{i:0000}")))];
        Fleet = new Fleet
        {
            Mode = FleetMode.Swarm,
            Subnet = IPNetwork.Parse("198.18.0.0/15"),
            Gateway = IPAddress.Parse("198.18.0.1"),
            Deckies = [.. Enumerable.Range(0, hosts * deckies).Select(i => Decky(i, Ids[i / deckies]))],
        };
        numbers = new long[hosts];
        Reported = [.. Fleet.Deckies.Chunk(deckies).Select(own => own.Select(Report).ToArray())];
    }

    internal HostId[] Ids { get; }

    internal Fleet Fleet { get; }

    internal ReportedDecky[][] Reported { get; }

    internal HostReport NextReport(int host, long trustVersion = 1) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = Ids[host],
        Number = ++numbers[host],
        AgentVersion = "0.1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        TrustVersion = trustVersion,
        Deckies = [.. Reported[host]],
        OpenOperations = [],
        Deltas = [],
    };

    static Decky Decky(int number, HostId host) => new()
    {
        Name = DeckyName.Parse(string.Create(CultureInfo.InvariantCulture, $"decky-{number:00000}")),
        IPAddress = new IPAddress([198, 18, (byte)((number + 2) / 256), (byte)((number + 2) % 256)]),
        Services = ["ssh", "http", "smtp"],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim",
        BuildBase = "debian:bookworm-slim",
        Hostname = string.Create(CultureInfo.InvariantCulture, $"SRV-{number:00000}"),
        HostId = host,
    };

    static ReportedDecky Report(Decky decky) => new()
    {
        Name = decky.Name,
        State = DeckyState.Running,
        Address = decky.IPAddress,
        Services = decky.Services,
        Digest = DeckyDigest.Of(decky),
    };
}
