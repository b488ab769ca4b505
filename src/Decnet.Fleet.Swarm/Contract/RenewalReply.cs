namespace Decnet.Fleet.Swarm.Contract;

/// <summary>The answer to <see cref="RenewalRequest"/>. The old certificate is good until the new one is first used.</summary>
/// <param name="Version">The version of the protocol, <see cref="SwarmProtocol.Version"/>.</param>
/// <param name="Certificate">The new certificate (X.509, PEM).</param>
public sealed record RenewalReply(string Version, string Certificate);
