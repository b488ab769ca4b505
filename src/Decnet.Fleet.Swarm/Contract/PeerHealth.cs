namespace Decnet.Fleet.Swarm.Contract;

/// <summary>The answer of <c>GET /health</c>.</summary>
/// <param name="Version">The version of the protocol, <see cref="SwarmProtocol.Version"/>.</param>
/// <param name="Status">Always <c>ok</c>: one that is not does not answer.</param>
/// <param name="Role"><c>agent</c> or <c>master</c>.</param>
public sealed record PeerHealth(string Version, string Status, string Role);
