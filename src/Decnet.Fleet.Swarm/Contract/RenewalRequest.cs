namespace Decnet.Fleet.Swarm.Contract;

/// <summary>The body of <c>POST /swarm/renew</c>, sent over the certificate that is to be replaced.</summary>
/// <param name="Version">The version of the protocol, <see cref="SwarmProtocol.Version"/>.</param>
/// <param name="CertificateRequest">A certificate signing request (PKCS #10, PEM) for a new key.</param>
public sealed record RenewalRequest(string Version, string CertificateRequest);
