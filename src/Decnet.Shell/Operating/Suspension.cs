namespace Decnet.Shell.Operating;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Gives and takes back orders to leave deckies of the session's host alone.</summary>
public static class Suspension
{
    /// <summary>The host that the orders hold for.</summary>
    /// <param name="session">The session.</param>
    /// <returns>Its id.</returns>
    public static string HostOf(DecnetSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.HostId.Value;
    }

    /// <summary>The deckies that orders can be given for: those of this host that are recorded, and those of the fleet file.</summary>
    /// <param name="session">Where to look. No engine is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The names, in their order.</returns>
    public static async Task<IReadOnlyList<string>> NamesAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var rows = await fleet.Store.ListDeckiesAsync(session.HostId, cancellationToken).ConfigureAwait(false);
        var desired = (await fleet.File.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known)?.Fleet.Deckies ?? [];
        return [.. rows.Select(row => row.Name).Union(desired.Select(decky => decky.Name)).Order().Select(name => name.Value)];
    }

    /// <summary>Orders a decky, or the whole fleet, to be left alone.</summary>
    /// <param name="session">Where it is.</param>
    /// <param name="name">The decky; null for the whole fleet of the host.</param>
    /// <param name="reason">Why; null when not said.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    /// <exception cref="FleetValidationException">There is no such decky.</exception>
    public static async Task SuspendAsync(DecnetSession session, string? name, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await fleet.Service.SuspendAsync(Parse(name), session.User, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes an order back.</summary>
    /// <param name="session">Where it holds.</param>
    /// <param name="name">The decky that it names; null for the order for the whole fleet.</param>
    /// <param name="outlet">Told when there is nothing to take back, and which order still holds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public static async Task ResumeAsync(DecnetSession session, string? name, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(outlet);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var what = name is null ? "The whole fleet" : $"'{name}'";
        if (!await fleet.Service.ResumeAsync(Parse(name), session.User, cancellationToken).ConfigureAwait(false))
        {
            outlet.Tell($"{what} was not suspended.");
        }

        var left = await fleet.Store.ListSuspensionsAsync(session.HostId, cancellationToken).ConfigureAwait(false);
        if (name is not null && left.Any(order => order.DeckyName is null))
        {
            outlet.Warn($"{what} is still suspended, as the whole fleet is. Resume-DecnetDecky -All takes that order back.");
        }
        else if (name is null && left.Count > 0)
        {
            outlet.Warn($"Still suspended by orders of their own: {string.Join(", ", left.Select(order => order.DeckyName))}.");
        }
    }

    /// <summary>The rows of deckies of this host.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="name">The decky; null for all.</param>
    /// <param name="outlet">Takes the rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the last row.</returns>
    public static async Task ShowAsync(DecnetSession session, string? name, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(outlet);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var recorded = await fleet.Store.ReadAsync(session.HostId, cancellationToken).ConfigureAwait(false);
        foreach (var row in recorded.Rows.Where(row => name is null || row.Name.Value == name))
        {
            outlet.Write(Output.DeckyRow.Of(row, recorded.Suspensions));
        }
    }

    static DeckyName? Parse(string? name) => name is null ? null : DeckyName.Parse(name);
}
