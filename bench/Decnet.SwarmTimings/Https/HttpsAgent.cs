namespace Decnet.SwarmTimings.Https;

using System.Net;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.AspNetCore.Agents;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Pki;

/// <summary>An agent as <c>decnetd agent</c> runs one, on loopback: certificates, SQLite, Kestrel with TLS on both sides, and reports. Only its containers are simulated.</summary>
internal sealed class HttpsAgent : IAsyncDisposable
{
    readonly string folder;
    readonly FleetService service;
    readonly AgentService agent;
    readonly MasterClient master;
    readonly LoopbackServer server;
    readonly CancellationTokenSource ending = new();
    readonly Task reporting;

    HttpsAgent(string folder, SqliteStateStore store, FleetService service, AgentService agent, MasterClient master, LoopbackServer server, HeartbeatLoop heartbeat)
    {
        this.folder = folder;
        this.service = service;
        this.agent = agent;
        this.master = master;
        this.server = server;
        Store = store;
        reporting = Task.Run(() => heartbeat.RunAsync(ending.Token));
    }

    internal SqliteStateStore Store { get; }

    internal int Port => server.Port;

    internal static async Task<HttpsAgent> StartAsync(HostPki pki, int masterPort)
    {
        var clock = TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("decnet-swarm-").FullName;
        var state = new StateFolder(folder);
        var store = await SqliteStateStore.OpenAsync(state.Database);
        var file = new FleetFile(state.FleetFile);
        var work = new FileWorkLock(state.WorkLock, clock);
        var service = new FleetService(file, store, new InMemoryContainerRuntime(pki.Host, clock), work, new FleetServiceOptions { HostId = pki.Host });
        var trust = new HostTrustKeeper(pki);
        var reporter = new HostReporter(
            store, store, file, new HostReporterOptions { HostId = pki.Host, AgentVersion = "0.1.0", TrustVersion = () => trust.TrustVersion });
        var agent = new AgentService(
            service, file, store, new OperationSweeper(store, work, pki.Host), new Relocalizer(new RelocalizerOptions { HostId = pki.Host, Detect = DetectAsync }),
            reporter, new AgentServiceOptions { HostId = pki.Host });
        var site = new AgentSite(pki, new AgentSide(agent, null));
        var server = await LoopbackServer.StartAsync(
            kestrel =>
            {
                kestrel.LimitAsDecnetAgent();
                kestrel.ListenDecnetAgent(LoopbackServer.AnyPort, site);
            },
            routes => routes.MapDecnetAgent(site));
        var master = new MasterClient("127.0.0.1", masterPort, () => pki.Current, clock);
        return new HttpsAgent(folder, store, service, agent, master, server, new HeartbeatLoop(reporter, store, master, trust));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reporting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
        await agent.DisposeAsync();
        await service.DisposeAsync();
        await Store.DisposeAsync();
        master.Dispose();
        ending.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Another network than the fleet's, so that each decky gets another address.</summary>
    static Task<HostNetworkFacts> DetectAsync(string? name, CancellationToken cancellationToken) => Task.FromResult(new HostNetworkFacts
    {
        Interface = "lan0",
        Address = IPAddress.Parse("198.19.0.2"),
        Subnet = IPNetwork.Parse("198.19.0.0/16"),
        Gateway = IPAddress.Parse("198.19.0.1"),
    });
}
