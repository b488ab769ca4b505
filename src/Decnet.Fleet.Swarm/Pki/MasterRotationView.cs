namespace Decnet.Fleet.Swarm.Pki;

using Decnet.Fleet.Model;

/// <summary>What the master's rotation must know of the hosts.</summary>
internal sealed record MasterRotationView
{
    /// <summary>How many hosts are enrolled, whether they are heard of or not.</summary>
    internal required int Hosts { get; init; }

    /// <summary>The trust versions that the active hosts have reported.</summary>
    internal required IReadOnlyCollection<long> ActiveVersions { get; init; }

    /// <summary>Since when the master has been listening: hosts that have not reported since a restart are not gone.</summary>
    internal required DateTimeOffset ListeningSince { get; init; }

    internal static MasterRotationView Of(IReadOnlyCollection<FleetHost> hosts, DateTimeOffset listeningSince, DateTimeOffset now) => new()
    {
        Hosts = hosts.Count(host => host.Fingerprint is not null),
        ActiveVersions = [.. hosts.Where(host => host.StatusAt(now) == FleetHostStatus.Active).Select(host => host.TrustVersion)],
        ListeningSince = listeningSince,
    };
}
