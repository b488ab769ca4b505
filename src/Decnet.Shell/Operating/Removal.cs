namespace Decnet.Shell.Operating;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;

/// <summary>Removes deckies: their containers, their rows and their entries in the fleet file.</summary>
public static class Removal
{
    /// <summary>Finds what can be removed: the deckies of the fleet file, and those that rows or containers are left of; of all hosts that can be reached from here.</summary>
    /// <param name="session">Where to look. Nothing is changed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The deckies.</returns>
    public static async Task<RemovalScope> FindAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var status = await fleet.Service.StatusAsync(cancellationToken).ConfigureAwait(false);
        var desired = (status.Desired as DesiredState.Known)?.Fleet.Deckies ?? [];
        string[] names = [.. status.Deckies.Select(decky => decky.Name).Union(desired.Select(decky => decky.Name)).Order().Select(name => name.Value)];
        HostId[] hosts = [.. status.Deckies.Select(decky => decky.HostId).Append(session.HostId).Distinct()];
        var where = hosts.Length == 1 ? $"the host '{session.HostId}'" : $"the hosts {string.Join(", ", hosts.Order().Select(host => $"'{host}'"))}";
        return new RemovalScope(names, $"the whole fleet of {where}: {names.Length} {(names.Length == 1 ? "decky" : "deckies")}");
    }

    /// <summary>Removes deckies.</summary>
    /// <param name="session">Where they are.</param>
    /// <param name="names">The deckies; null for the whole fleet, with its network.</param>
    /// <param name="showOperations">Whether the operations are put out; failed ones are faults in any case.</param>
    /// <param name="outlet">Takes them.</param>
    /// <param name="cancellationToken">Cancels the work: its operations end as failed.</param>
    /// <returns>A task that ends with the last operation.</returns>
    /// <exception cref="DecnetException">Somebody else works on the fleet, or it cannot be read or written.</exception>
    public static async Task RunAsync(
        DecnetSession session, IReadOnlyCollection<string>? names, bool showOperations, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var report = new WorkReport(outlet, showOperations);
        var work = names is null
            ? fleet.Service.BeginTeardownAllAsync(report, cancellationToken)
            : fleet.Service.BeginTeardownAsync([.. names.Select(DeckyName.Parse)], report, cancellationToken);
        await report.FollowAsync(fleet, work, cancellationToken).ConfigureAwait(false);
    }
}
