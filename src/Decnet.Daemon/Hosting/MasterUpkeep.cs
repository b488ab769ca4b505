namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Renews the revocation list and the certificate of the master when it is time.</summary>
internal sealed class MasterUpkeep(LocalFleet local, MasterPki pki) : IWorkerCompanion
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public string Name => "upkeep of certificates";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var since = local.Clock.GetUtcNow();
        while (true)
        {
            var hosts = await local.Store.ListHostsAsync(cancellationToken).ConfigureAwait(false);
            await pki.MaintainAsync(MasterRotationView.Of(hosts, since, local.Clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            await Task.Delay(Interval, local.Clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
