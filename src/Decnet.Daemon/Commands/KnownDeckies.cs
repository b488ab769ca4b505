namespace Decnet.Daemon.Commands;

using Decnet.Daemon.Hosting;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary>Refuses names that no decky has, all of them at once and before anything is done.</summary>
internal static class KnownDeckies
{
    /// <exception cref="FleetValidationException">Some are not known.</exception>
    internal static async Task CheckAsync(LocalFleet host, IReadOnlyCollection<DeckyName> names, CancellationToken cancellationToken)
    {
        var recorded = await host.Store.ReadAsync(host.HostId, cancellationToken).ConfigureAwait(false);
        var desired = await host.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        Check(names, [.. recorded.Rows.Select(row => row.Name), .. (desired as DesiredState.Known)?.Fleet.Deckies.Select(decky => decky.Name) ?? []]);
    }

    /// <exception cref="FleetValidationException">Some are not known.</exception>
    internal static void Check(IReadOnlyCollection<DeckyName> names, IReadOnlyCollection<DeckyName> known)
    {
        var issues = names.Except(known).Select(name => UnknownDecky.Issue(name, known.Distinct())).ToArray();
        if (issues.Length > 0)
        {
            throw new FleetValidationException("names", issues);
        }
    }
}
