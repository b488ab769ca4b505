namespace Decnet.Fleet.Swarm.AspNetCore.Peers;

using Decnet.Fleet.Model;

/// <summary>Who asks.</summary>
/// <param name="Host">The host; null for the master, and for one that has no certificate yet.</param>
internal readonly record struct AdmittedPeer(HostId? Host);
