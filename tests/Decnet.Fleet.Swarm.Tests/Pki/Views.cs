namespace Decnet.Fleet.Swarm.Tests.Pki;

using Decnet.Fleet.Swarm.Pki;

internal static class Views
{
    internal static MasterRotationView Nobody(TimeProvider clock) => new() { Hosts = 0, ActiveVersions = [], ListeningSince = clock.GetUtcNow() };

    internal static MasterRotationView Hosts(DateTimeOffset listeningSince, params long[] versions) =>
        new() { Hosts = Math.Max(versions.Length, 1), ActiveVersions = versions, ListeningSince = listeningSince };
}
