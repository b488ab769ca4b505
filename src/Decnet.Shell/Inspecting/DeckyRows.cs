namespace Decnet.Shell.Inspecting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>What is recorded of deckies. The database alone is read.</summary>
public static class DeckyRows
{
    /// <summary>Lists the rows of all hosts.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rows, by host and name.</returns>
    public static async Task<IReadOnlyList<Output.DeckyRow>> ListAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var rows = await fleet.Store.ListDeckiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var suspensions = new Dictionary<HostId, IReadOnlyList<Suspension>>();
        foreach (var host in rows.Select(row => row.HostId).Distinct())
        {
            suspensions[host] = await fleet.Store.ListSuspensionsAsync(host, cancellationToken).ConfigureAwait(false);
        }

        return [.. rows.Select(row => Output.DeckyRow.Of(row, suspensions[row.HostId]))];
    }
}
