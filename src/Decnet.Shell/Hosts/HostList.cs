namespace Decnet.Shell.Hosts;

using Decnet.Fleet.Hosting;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>The hosts of the fleet, as its master knows them. The database alone is read.</summary>
public static class HostList
{
    /// <summary>Lists the hosts.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hosts, by name; none when the folder is not that of a master.</returns>
    public static async Task<IReadOnlyList<Output.FleetHost>> ListAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var hosts = await fleet.Store.ListHostsAsync(cancellationToken).ConfigureAwait(false);
        var rows = (await fleet.Store.ListDeckiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).ToLookup(row => row.HostId);
        var now = session.Clock.GetUtcNow();
        return [.. hosts.OrderBy(host => host.Name, StringComparer.Ordinal).Select(host => Output.FleetHost.Of(host, now, rows[host.HostId]))];
    }
}
