namespace Decnet.Shell.Sessions;

using Decnet.Fleet.Events;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Names that can be completed, from file and database alone.</summary>
public static class KnownNames
{
    static readonly string[] TopicFamilies =
    [
        "decky.>", "decky.*.state", "decky.*.lifecycle", "decky.*.mutation", "decky.*.suspension", "fleet.>", "fleet.*.suspension", "system.>",
        "system.*.health", "system.*.control", "system.*.shadow",
    ];

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

    /// <summary>The hosts of the fleet.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The names, and the identities that differ from them.</returns>
    public static async Task<IReadOnlyCollection<string>> HostsAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var hosts = await fleet.Store.ListHostsAsync(cancellationToken).ConfigureAwait(false);
        return [.. hosts.SelectMany(host => new[] { host.Name, host.HostId.Value }).Distinct()];
    }

    /// <summary>Patterns of topics: the families there are, and the topics of deckies that are recorded or in the fleet file.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The patterns, each once.</returns>
    public static async Task<IReadOnlyCollection<string>> TopicsAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var names = (await DeckiesAsync(session, cancellationToken).ConfigureAwait(false)).Select(DeckyName.Parse);
        return [.. TopicFamilies, .. names.SelectMany(name => new[] { Topic.DeckyState(session.HostId, name), Topic.DeckyLifecycle(name) })];
    }
}
