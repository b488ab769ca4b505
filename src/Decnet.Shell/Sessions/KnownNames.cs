namespace Decnet.Shell.Sessions;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.State;

/// <summary>Names that can be completed, from file and database alone.</summary>
public static class KnownNames
{
    /// <summary>The deckies that are recorded or in the fleet file.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The names, each once.</returns>
    public static async Task<IReadOnlyCollection<string>> DeckiesAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var rows = await fleet.Store.ListDeckiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var desired = await fleet.File.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known;
        return [.. rows.Select(row => row.Name.Value).Union(desired?.Fleet.Deckies.Select(decky => decky.Name.Value) ?? [])];
    }
}
