namespace Decnet.Fleet.Swarm.Tests.BadPeers;

using System.Text;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Agents;
using Decnet.Fleet.Swarm.Tests.Masters;
using Decnet.Testing;
using Xunit;

/// <summary>Each peer that means harm, or is only wrong, against a real agent and a real master: it is refused, and nothing was done.</summary>
public sealed class BadPeerMatrixTests : IAsyncLifetime
{
    const string Nothing = "nothing";

    static readonly LeafRole Host = LeafRole.OfHost(BadPeerLab.Host);

    readonly StringBuilder table = new();
    BadPeerLab lab = null!;

    public async ValueTask InitializeAsync() => lab = await BadPeerLab.OpenAsync();

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task Every_bad_peer_is_refused_before_any_work()
    {
        using var elsewhere = new Pki.Authority(start: TimeProvider.System.GetUtcNow());
        var (deploy, report) = (Wire.Post("/deploy", Deploy()), Wire.Post("/swarm/heartbeat", Report(BadPeerLab.Host)));
        var (master, host) = (lab.Pki.Current.Identity, lab.HostPki.Current.Identity);

        await RowAsync("no certificate", Agent(null, deploy), Master(null, report));
        await RowAsync(
            "a certificate of another authority",
            Agent(elsewhere.Identity(LeafRole.Master, TimeProvider.System.GetUtcNow()), deploy),
            Master(elsewhere.Identity(Host, TimeProvider.System.GetUtcNow()), report));
        await RowAsync("an expired certificate", Agent(lab.Expired(LeafRole.Master), deploy), Master(lab.Expired(Host), report));
        await RowAsync("a certificate that is not yet valid", Agent(lab.NotYetValid(LeafRole.Master), deploy), Master(lab.NotYetValid(Host), report));
        await RowAsync("a revoked certificate", Agent(lab.RevokedMaster, deploy), Master(lab.Revoked, report));
        await RowAsync("a worker's certificate used as master", Agent(lab.Sign(LeafRole.OfHost(BadPeerLab.Other)), deploy), null);
        await RowAsync("its own certificate, used against itself", Agent(host, deploy), Master(master, report));
        await RowAsync("the right name with another key", Agent(lab.Sign(LeafRole.Master), deploy), Master(lab.Sign(Host), report));
        await RowAsync("a host that the fleet does not have", null, Master(lab.Sign(LeafRole.OfHost(HostId.Parse("h9"))), Wire.Post("/swarm/heartbeat", Report(HostId.Parse("h9")))));
        await RowAsync("plain HTTP", () => Wire.AskPlainAsync(lab.AgentPort, deploy), () => Wire.AskPlainAsync(lab.MasterPort, report));
        await RowAsync("TLS 1.1", () => Wire.GreetAsync(lab.AgentPort, minor: 2), () => Wire.GreetAsync(lab.MasterPort, minor: 2));
        await RowAsync(
            "an oversized body",
            Agent(master, Wire.Post("/deploy", Deploy(), SwarmProtocol.MaxCommandBytes + 1)),
            Master(host, Wire.Post("/swarm/heartbeat", Report(BadPeerLab.Host), SwarmProtocol.MaxReportBytes + 1)));
        await RowAsync(
            "an oversized body in chunks",
            () => Wire.AskAsync(lab.PatientAgentPort, master, Wire.PostChunked("/deploy", Deploy(), SwarmProtocol.MaxCommandBytes + 1)),
            () => Wire.AskAsync(lab.PatientMasterPort, host, Wire.PostChunked("/swarm/heartbeat", Report(BadPeerLab.Host), SwarmProtocol.MaxReportBytes + 1)));
        await RowAsync(
            "a slow body", Agent(master, Wire.Post("/deploy", "{", 1000)), Master(host, Wire.Post("/swarm/heartbeat", "{", 1000)));
        await RowAsync(
            "malformed JSON", Agent(master, Wire.Post("/deploy", "{\"version\":")), Master(host, Wire.Post("/swarm/heartbeat", "{\"version\":")));
        await RowAsync(
            "a body with many errors",
            Agent(master, Wire.Post("/deploy", """{"version":"9","orders":[],"network":{"subnet":"198.18.0.0/24","gateway":"198.18.0.1","driver":"macvlan"}}""")),
            Master(host, Wire.Post("/swarm/heartbeat", Report(BadPeerLab.Other))));
        await RowAsync(
            "one without a token that wants to be a host",
            null,
            () => Wire.AskAsync(lab.EnrolmentPort, null, Wire.Post("/swarm/enroll", """{"version":"1","token":"x","certificate_request":"x","addresses":[]}""")));
        // Those that are meant: what was refused above was not refused for another reason.
        Assert.Equal([Wire.Handshake, Wire.Handshake], [await Wire.GreetAsync(lab.AgentPort, minor: 3), await Wire.GreetAsync(lab.MasterPort, minor: 3)]);
        Assert.Equal("200", await Agent(master, Wire.Post("/deploy", Deploy(dryRun: true)))());
        Assert.Equal("204", await Master(host, report)());
        await RowAsync(
            "a delta for another host's decky",
            null,
            Master(host, Wire.Post("/swarm/heartbeat", Report(BadPeerLab.Host, 2, lab.ForeignOperation))),
            changed: "its own sign of life");
        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        GoldenFile.Verify("docs/bad-peers.md", Page());
    }

    Func<Task<string>> Agent(HostIdentity? peer, byte[] request) => () => Wire.AskAsync(lab.AgentPort, peer, request);

    Func<Task<string>> Master(HostIdentity? peer, byte[] request) => () => Wire.AskAsync(lab.MasterPort, peer, request);

    async Task RowAsync(string peer, Func<Task<string>>? agent, Func<Task<string>>? master, string changed = Nothing)
    {
        var before = await lab.TracesAsync(beats: changed == Nothing);

        var answers = await Task.WhenAll(new[] { agent, master }.Select(ask => ask?.Invoke() ?? Task.FromResult("")));

        Assert.Equal(before, await lab.TracesAsync(beats: changed == Nothing));
        Assert.All(answers, answer => Assert.True(changed != Nothing || !answer.StartsWith('2'), $"{peer} was not refused: {answer}"));
        string[] reasons = [.. new[] { lab.AgentLog.Take(), lab.MasterLog.Take() }.Where(reason => reason.Length > 0).Distinct()];
        table.AppendLine($"| {peer} | {answers[0]} | {answers[1]} | {string.Join("; ", reasons)} | {changed} |");
    }

    string Page() => $"""
        # Peers that are refused

        Written by `BadPeerMatrixTests`, which plays each of these peers against a real agent and a real master and looks at what it
        left behind. "Changed" is what differs afterwards in the operations, rows, events, hosts and fleet files of both sides and in
        the requests to the container engine. "No connection" is a TLS handshake that was refused; the log of the refusing side says
        why, and the peer is not told. An answer is its HTTP status with the kind of its problem, `urn:decnet:problem:KIND`. An empty
        cell is a case that does not arise on that side.

        | peer | agent | master | log | changed |
        |---|---|---|---|---|
        {table.ToString().TrimEnd()}

        """;

    static string Deploy(bool dryRun = false) => JsonSerializer.Serialize(
        AgentLab.Deploy(AgentLab.Order("web-02", "198.18.0.10", "http")) with { DryRun = dryRun }, SwarmJsonContext.Default.DeployCommand);

    /// <summary>What would change a row and a host, if it were believed; with a delta, an operation too.</summary>
    static string Report(HostId host, long number = 1, Operation? ended = null) => JsonSerializer.Serialize(
        new HostReport
        {
            Version = SwarmProtocol.Version,
            HostId = host,
            Number = number,
            AgentVersion = "1.0",
            StartedAt = DateTimeOffset.UnixEpoch,
            TrustVersion = 1,
            Deckies = [MasterLab.Running(MasterLab.On(host, "web-01", "http"))],
            OpenOperations = [],
            Deltas = ended is null ? [] : [MasterLab.Delta(ended)],
        },
        SwarmJsonContext.Default.HostReport);
}
