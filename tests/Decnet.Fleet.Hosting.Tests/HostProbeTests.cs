namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Xunit;

public sealed class HostProbeTests : IDisposable
{
    readonly MasterLab lab = new();

    [Fact]
    public async Task An_agent_that_does_not_listen_is_unreachable()
    {
        var probe = await AskAsync(null);

        Assert.Equal((false, HostProbe.Unreachable), (probe.IsReachable, probe.Reason));
        Assert.Contains("127.0.0.1:1", probe.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_its_reason()
    {
        var probe = await AskAsync(new FakeAgent { Failure = new PeerRefusedException("web-host", "revoked", "it was revoked") });

        Assert.Equal((false, "revoked", "it was revoked", null), (probe.IsReachable, probe.Reason, probe.Problem, probe.Latency));
    }

    [Fact]
    public async Task An_agent_that_answers_tells_how_its_host_is()
    {
        var status = new AgentStatus
        {
            Version = SwarmProtocol.Version,
            HostId = HostId.Parse("web-host"),
            AgentVersion = "1.2.3",
            StartedAt = default,
            Problem = "its engine is away",
            Deckies = [],
            OpenOperations = [],
            Unacknowledged = 2,
        };

        var probe = await AskAsync(new FakeAgent { Status = status });

        Assert.Equal((true, null, "its engine is away", 2), (probe.IsReachable, probe.Reason, probe.Problem, probe.Status!.Unacknowledged));
        Assert.NotNull(probe.Latency);
    }

    async Task<HostProbe> AskAsync(IAgentClient? agents)
    {
        await using var local = await LocalFleet.OpenAsync(lab.Options with { Agents = agents }, StoreAccess.Write);
        var host = await MasterLab.RegisterAsync(local, "web-host");
        return await HostProbe.AskAsync(local.Master!, host, local.Clock);
    }

    public void Dispose() => lab.Dispose();
}
