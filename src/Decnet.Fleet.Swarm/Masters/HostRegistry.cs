namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>The hosts of a fleet: who they are, how they are, and how they leave. <see cref="EnrolmentDesk"/> lets them join.</summary>
public sealed class HostRegistry
{
    /// <summary>How many deckies an error names.</summary>
    const int MostNamed = 10;

    static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);

    readonly IStateStore store;
    readonly IFleetFile file;
    readonly IWorkLock work;
    readonly TimeProvider clock;
    readonly HostRemoval removal;

    /// <summary>Puts it together.</summary>
    /// <param name="store">The hosts, rows and operations.</param>
    /// <param name="file">The fleet file, which says what runs where.</param>
    /// <param name="work">Who may change the fleet.</param>
    /// <param name="certificates">What revokes certificates.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    public HostRegistry(
        IStateStore store, IFleetFile file, IWorkLock work, IHostCertificates certificates, TimeProvider? clock = null, ILogger<HostRegistry>? logger = null)
    {
        this.store = store;
        this.file = file;
        this.work = work;
        this.clock = clock ?? TimeProvider.System;
        removal = new HostRemoval(store, file, certificates, this.clock, logger ?? NullLogger<HostRegistry>.Instance);
    }

    /// <summary>Lists the hosts as they are now, by name.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hosts.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return [.. (await store.ListHostsAsync(cancellationToken).ConfigureAwait(false)).Select(host => host with { Status = host.StatusAt(now) })];
    }

    /// <summary>Finds a host as it is now.</summary>
    /// <param name="idOrName">Its identity or its name; an identity counts before a name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host.</returns>
    /// <exception cref="UnknownHostException">There is none; the error names those that there are.</exception>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<FleetHost> GetAsync(string idOrName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idOrName);
        var hosts = await ListAsync(cancellationToken).ConfigureAwait(false);
        return hosts.FirstOrDefault(host => host.HostId.Value == idOrName)
            ?? hosts.FirstOrDefault(host => host.Name == idOrName)
            ?? throw new UnknownHostException(idOrName, $"There is no host '{idOrName}': {Suggestion.Fix(idOrName, hosts.Select(host => host.Name))}.");
    }

    /// <summary>Takes a host out of the fleet and revokes its certificates. What runs on it is not touched: tear it down before, or on the host itself.</summary>
    /// <param name="idOrName">Its identity or its name.</param>
    /// <param name="force">Whether also a host that deckies are placed on: they go from the fleet file and the rows, and their open operations are ended.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <returns>The host as it was.</returns>
    /// <exception cref="UnknownHostException">There is no such host.</exception>
    /// <exception cref="FleetValidationException">Deckies are placed on it, and <paramref name="force"/> is not set. Nothing was changed.</exception>
    /// <exception cref="FleetLockedException">Somebody else works on the fleet.</exception>
    /// <exception cref="FleetFileException">The deckies cannot be taken out of the fleet file.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<FleetHost> UnregisterAsync(string idOrName, bool force = false, CancellationToken cancellationToken = default)
    {
        var host = await GetAsync(idOrName, cancellationToken).ConfigureAwait(false);
        var held = await work.AcquireAsync($"removing the host {host.Name}", LockWait, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            if (!force)
            {
                await RefuseIfInUseAsync(host, cancellationToken).ConfigureAwait(false);
            }

            await removal.RunAsync(host, "it was unregistered", null, cancellationToken).ConfigureAwait(false);
            return host;
        }
    }

    async Task RefuseIfInUseAsync(FleetHost host, CancellationToken cancellationToken)
    {
        var fleet = (await file.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known)?.Fleet;
        var recorded = await store.ReadAsync(host.HostId, cancellationToken).ConfigureAwait(false);
        var names = (fleet?.Deckies ?? []).Where(decky => decky.HostId == host.HostId).Select(decky => decky.Name)
            .Concat(recorded.Rows.Select(row => row.Name))
            .Concat(recorded.OpenOperations.Select(operation => operation.DeckyName))
            .Distinct().Order().Select(name => name.Value).ToArray();
        if (names.Length > 0)
        {
            var listed = string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
            throw new FleetValidationException(
                "The removal",
                [FleetIssue.Error("host-in-use", $"The host {host.Name} has deckies: {listed}.", "tear them down first, or force it when the host is gone for good", host.Name)]);
        }
    }
}
