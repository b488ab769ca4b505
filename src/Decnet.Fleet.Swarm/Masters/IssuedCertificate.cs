namespace Decnet.Fleet.Swarm.Masters;

/// <summary>A certificate that was just signed.</summary>
/// <param name="Certificate">The certificate (X.509, PEM).</param>
/// <param name="Fingerprint">SHA-256 of its DER form, in lower-case hexadecimal digits.</param>
public sealed record IssuedCertificate(string Certificate, string Fingerprint);
