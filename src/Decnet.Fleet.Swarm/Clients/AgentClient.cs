namespace Decnet.Fleet.Swarm.Clients;

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Speaks to agents as the master, over connections that are pinned on both sides.</summary>
/// <param name="trust">What the master knows at the moment.</param>
/// <param name="clock">Measures the time that a request may take.</param>
internal sealed class AgentClient(Func<MasterTrust> trust, TimeProvider clock) : IAgentClient, IDisposable
{
    readonly ConcurrentDictionary<HostId, PeerConnection> connections = [];

    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken = default) =>
        SendAsync(host, new PeerRequest("/health"), SwarmJsonContext.Default.PeerHealth, cancellationToken);

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken = default) =>
        SendAsync(host, new PeerRequest("/status"), SwarmJsonContext.Default.AgentStatus, cancellationToken);

    public Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(
            host, PeerRequest.Post("/deploy", command, SwarmJsonContext.Default.DeployCommand), SwarmJsonContext.Default.CommandReply, cancellationToken);

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(
            host, PeerRequest.Post("/mutate", command, SwarmJsonContext.Default.MutateCommand), SwarmJsonContext.Default.CommandReply, cancellationToken);

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(
            host, PeerRequest.Post("/teardown", command, SwarmJsonContext.Default.TeardownCommand), SwarmJsonContext.Default.CommandReply, cancellationToken);

    public Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(
            host, PeerRequest.Post("/self-destruct", command, SwarmJsonContext.Default.SelfDestructCommand), SwarmJsonContext.Default.SelfDestructReply,
            cancellationToken, alsoFine: HttpStatusCode.PreconditionRequired);

    public void Dispose()
    {
        foreach (var connection in connections.Values)
        {
            connection.Dispose();
        }
    }

    async Task<T> SendAsync<T>(
        FleetHost host, PeerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, HttpStatusCode? alsoFine = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.Address is null || host.Fingerprint is null)
        {
            throw new PeerRefusedException(
                host.Name, "not_enrolled", $"The host {host.Name} has no agent that is known: neither its address nor its certificate. Enrol it: decnetd host enroll {host.Name}.");
        }

        var port = host.AgentPort ?? SwarmProtocol.AgentPort;
        var now = trust();
        var connection = connections.GetOrAdd(host.HostId, _ => new PeerConnection($"{host.Name} ({host.Address}:{port})", clock));
        var side = PeerSide.Pinned(now.Identity, now.Policy, MasterTrust.Host(PeerUse.Server, host));
        var answer = await connection.SendAsync(new UriBuilder("https", host.Address, port).Uri, side, request, cancellationToken).ConfigureAwait(false);
        return answer.Read(type, alsoFine);
    }
}
