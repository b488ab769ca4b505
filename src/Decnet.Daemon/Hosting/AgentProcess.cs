namespace Decnet.Daemon.Hosting;

using System.Net;
using Decnet.Daemon.Units;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.AspNetCore.Agents;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;

/// <summary>The agent of a host in this process: it listens to its master, keeps the deckies of the host, and reports.</summary>
internal sealed class AgentProcess
{
    readonly LocalFleet local;
    readonly HostPki pki;
    readonly AgentSettings settings;
    readonly DaemonEnvironment environment;
    readonly ILoggerFactory logs;
    readonly ILogger logger;

    internal AgentProcess(LocalFleet local, HostPki pki, AgentSettings settings, DaemonEnvironment environment, ILoggerFactory logs)
    {
        this.local = local;
        this.pki = pki;
        this.settings = settings;
        this.environment = environment;
        this.logs = logs;
        logger = logs.CreateLogger("Agent");
    }

    internal async Task RunAsync(WorkerWatch watch, CancellationToken cancellationToken)
    {
        MarkFolder();
        SwarmLog.AgentStarts(logger, pki.Host.Value, settings.Master.ToString());
        using var master = new MasterClient(settings.Master.Host, settings.Master.Port, () => pki.Current, local.Clock);
        var trust = new HostTrustKeeper(pki);
        var passes = new PassWatch();
        var reporter = new HostReporter(
            local.Store,
            local.Events,
            local.File,
            new HostReporterOptions { HostId = local.HostId, AgentVersion = environment.Version, TrustVersion = () => trust.TrustVersion, Problem = () => passes.Problem },
            local.Clock);
        var sweeper = local.MakeSweeper();
        var service = new AgentService(
            local.Service, local.File, local.Store, sweeper, new Relocalizer(Relocalizing()), reporter,
            new AgentServiceOptions { HostId = local.HostId }, local.Clock, logs.CreateLogger<AgentService>());
        await using var _ = service.ConfigureAwait(false);
        var removal = new SelfDestruct(local.Service, service, Launcher(), master, Removing(), local.Clock, logger: logs.CreateLogger<SelfDestruct>());
        await using var __ = removal.ConfigureAwait(false);
        var site = new AgentSite(pki, new AgentSide(service, removal.RequestAsync), local.Clock, logs);
        var server = await ListeningServer.StartAsync(
            kestrel =>
            {
                kestrel.LimitAsDecnetAgent();
                kestrel.ListenDecnetAgent(new IPEndPoint(settings.Listen, settings.Port), site);
            },
            routes => routes.MapDecnetAgent(site),
            logs,
            cancellationToken).ConfigureAwait(false);
        await using var ___ = server.ConfigureAwait(false);
        SwarmLog.AgentListens(logger, server.Addresses[0]);
        var heartbeat = new HeartbeatLoop(reporter, local.Events, master, trust, settings.Reports, local.Clock, logger: logs.CreateLogger<HeartbeatLoop>());
        await WorkAsync(watch, passes, [sweeper, heartbeat], removal, cancellationToken).ConfigureAwait(false);
    }

    async Task WorkAsync(
        WorkerWatch watch, PassWatch passes, IReadOnlyList<IWorkerCompanion> companions, SelfDestruct removal, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (await removal.ResumeAsync(cancellationToken).ConfigureAwait(false))
        {
            SwarmLog.RemovalResumes(logger);
        }

        // A unit is stopped by the remover; a process that nobody manages has to make room for it.
        var leaving = settings.IsUnit ? Task.CompletedTask : EndWhenRemovedAsync(removal, ending);
        // Rotations are the master's: services that a host chose by itself would be drift to it.
        var options = new ReconcilerWorkerOptions { Name = "agent", Pass = settings.Pass, Interval = settings.Interval, Companions = companions };
        await watch.RunAsync(local, options, passes, ending.Token).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Only folders that bear the mark of an installation are ever removed. The state folder is this process's own, so it is marked here.</summary>
    void MarkFolder()
    {
        var folder = local.Options.Folder.Path;
        try
        {
            if (File.Exists(settings.Manifest) && InstallManifest.Read(settings.Manifest) is var manifest && manifest.Folders.Contains(folder))
            {
                manifest.Mark(folder);
            }
        }
        catch (DecnetException error)
        {
            SwarmLog.NotMarked(logger, error.Message);
        }
    }

    static async Task EndWhenRemovedAsync(SelfDestruct removal, CancellationTokenSource ending)
    {
        await removal.Launched.WaitAsync(ending.Token).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
    }

    RelocalizerOptions Relocalizing() => new()
    {
        HostId = local.HostId,
        Interface = settings.Interface,
        Detect = DetectAsync,
        Own = async (network, token) => (await local.ReadTakenAsync(network, token).ConfigureAwait(false)).Own,
        InUse = async (network, token) => (await local.ReadTakenAsync(network, token).ConfigureAwait(false)).Neighbours,
    };

    async Task<HostNetworkFacts> DetectAsync(string? name, CancellationToken cancellationToken)
    {
        HostInterface found = await environment.DetectInterface(name, cancellationToken).ConfigureAwait(false);
        return new HostNetworkFacts { Interface = found.Name, Address = found.Address, Subnet = found.Subnet, Gateway = found.Gateway };
    }

    IRemoverLauncher Launcher() => (Directory.Exists("/run/systemd/system"), environment.IsRoot, settings.IsUnit) switch
    {
        (true, true, _) => new SystemdRunLauncher(local.Clock),
        (true, false, true) => new UnitLauncher(UnitRequest.RemoveUnit, local.Clock),
        // It goes with the folder when all went well; when not, it tells why.
        _ => new DetachedLauncher(Path.Combine(local.Options.Folder.Path, "remove.log")),
    };

    SelfDestructOptions Removing() => new()
    {
        HostId = local.HostId,
        Folder = local.Options.Folder,
        Manifest = settings.Manifest,
        Command = settings.RemoveCommand,
    };
}
