namespace Decnet.Daemon.Hosting;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.Masters;
using Microsoft.Extensions.Logging;

/// <summary>The master of a fleet in this process: it listens to hosts and to those that want to be hosts, and watches who does not report.</summary>
/// <param name="local">The state folder of the master.</param>
/// <param name="settings">How it runs.</param>
/// <param name="notifier">Who is told how it is.</param>
/// <param name="logs">Where it logs.</param>
internal sealed class MasterService(LocalFleet local, MasterSettings settings, ServiceNotifier notifier, ILoggerFactory logs)
{
    const string Name = RemoteWork.MasterWorker;

    readonly ILogger logger = logs.CreateLogger("Master");

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var parts = await local.BecomeMasterAsync(settings.Names.Count > 0 ? settings.Names : MachineNames.List(), cancellationToken).ConfigureAwait(false);
        var desk = parts.OpenDesk(settings.Port);
        var ledger = new HostLedger(
            local.Store, local.Events, local.File, local.Work, parts.Certificates,
            new HostLedgerOptions { HostId = local.HostId, DecoyImage = DockerEnvironment.DecoyImage(local.Options.Variable) ?? DeckyComposer.DefaultDecoyImage }, local.Clock, logs.CreateLogger<HostLedger>());
        await using var _ = ledger.ConfigureAwait(false);
        var site = MasterSite.Of(parts.Pki, local.Store, ledger, desk, local.Clock, logs);
        var server = await ListeningServer.StartAsync(
            kestrel =>
            {
                kestrel.LimitAsDecnetMaster();
                kestrel.ListenDecnetMaster(new IPEndPoint(settings.Listen, settings.Port), site);
                kestrel.ListenDecnetEnrolment(new IPEndPoint(settings.Listen, settings.EnrolmentPort), site);
            },
            routes =>
            {
                routes.MapDecnetMaster(site);
                routes.MapDecnetEnrolment(site);
            },
            logs,
            cancellationToken).ConfigureAwait(false);
        await using var __ = server.ConfigureAwait(false);
        SwarmLog.MasterListens(logger, server.Addresses[0], server.Addresses[1]);
        var watch = new HostWatch(local.Store, local.Events, local.File, settings.Watch with { HostId = local.HostId }, local.Clock, logs.CreateLogger<HostWatch>());
        await new ServiceWorker(local, notifier, Name, [watch, new MasterUpkeep(local, parts.Pki)], logger).RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
