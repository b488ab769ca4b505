namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;

/// <summary>Signs nothing, and remembers what it was asked for.</summary>
internal sealed class FakeCertificates : IHostCertificates
{
    internal List<(HostId Host, string Addresses)> Issued { get; } = [];

    internal List<HostId> Revoked { get; } = [];

    internal Exception? Refusal { get; set; }

    public TrustBundle Trust { get; } = new() { Version = 3, Authority = "ca", MasterFingerprints = ["m"], RevocationList = "crl" };

    public Task<IssuedCertificate> IssueAsync(string certificateRequest, HostId hostId, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        Issued.Add((hostId, string.Join(" ", addresses)));
        return Task.FromResult(new IssuedCertificate($"certificate {Issued.Count} of {hostId}", Fingerprint(Issued.Count)));
    }

    public Task RevokeAsync(HostId hostId, CancellationToken cancellationToken)
    {
        Revoked.Add(hostId);
        return Task.CompletedTask;
    }

    internal static string Fingerprint(int number) => number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
}
