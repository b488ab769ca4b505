namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;

/// <summary>Nobody joins or leaves here.</summary>
internal sealed class NoCertificates : IHostCertificates
{
    public TrustBundle Trust => throw new NotSupportedException();

    public Task<IssuedCertificate> IssueAsync(string certificateRequest, HostId hostId, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RevokeAsync(HostId hostId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
