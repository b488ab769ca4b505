namespace Decnet.Shell.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Shell.Building;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>The fleet file compared with the rows and the containers; on a master also for deckies of other hosts, by what these have reported.</summary>
public sealed class FleetComparison
{
    FleetComparison(FleetSnapshot snapshot, IReadOnlyCollection<DeckyRow>? rows)
    {
        var own = snapshot.HostId;
        var all = ((DesiredState.Known)snapshot.Desired).Fleet.Deckies;
        var deckies = all.Where(decky => rows is not null || decky.EffectiveHost(own) == own).ToArray();
        var elsewhere = deckies.Where(decky => decky.EffectiveHost(own) != own).SelectMany(decky => Of(decky, rows!))
            .Concat((rows ?? []).Where(row => row.HostId != own && !all.Any(decky => decky.Name == row.Name && decky.HostId == row.HostId)).Select(Surplus));
        Drifts = [.. DriftFinder.Find(snapshot).Select(drift => Output.Drift.Of(drift, own)).Concat(elsewhere).OrderBy(drift => drift.DeckyName, StringComparer.Ordinal)];
        DeckyNames =
        [
            .. deckies.Select(decky => decky.Name.Value)
                .Union(snapshot.Recorded.Rows.Select(row => row.Name.Value))
                .Union(Drifts.Select(drift => drift.DeckyName)),
        ];
    }

    /// <summary>The differences, ordered by decky.</summary>
    public IReadOnlyList<Output.Drift> Drifts { get; }

    /// <summary>All deckies that were looked at, each once.</summary>
    public IReadOnlyCollection<string> DeckyNames { get; }

    /// <summary>Compares. Nothing is changed.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="FaultException">There is no fleet file, it cannot be read, or the containers cannot be seen.</exception>
    public static async Task<FleetComparison> MakeAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var snapshot = await fleet.LookAsync(cancellationToken).ConfigureAwait(false);
        return FaultOf(snapshot, fleet) is { } fault
            ? throw new FaultException(fault)
            : new FleetComparison(snapshot, fleet.Master is null ? null : await fleet.Store.ListDeckiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What is wrong with a decky of another host, as that host has reported.</summary>
    static IEnumerable<Output.Drift> Of(Decky decky, IReadOnlyCollection<DeckyRow> rows)
    {
        var (name, host) = (decky.Name, decky.HostId!.Value);
        var row = rows.FirstOrDefault(row => row.Name == name && row.HostId == host);
        if (row?.State == DeckyState.Running)
        {
            return [];
        }

        var actual = row is null ? "none" : Token<DeckyState>.Of(row.State);
        var reason = row is null ? $"'{name}' should run on the host '{host}', and has no row." : $"'{name}' is {actual} on the host '{host}'{(row.Reason is null ? "." : $": {row.Reason}")}";
        return [Made(name, host, row is null ? DriftKind.RowMissing : DriftKind.DeckyNotRunning, Token<DeckyState>.Of(DeckyState.Running), actual, reason)];
    }

    /// <summary>A row of another host that no decky of the fleet belongs to: a teardown that the host did not get.</summary>
    static Output.Drift Surplus(DeckyRow row) => Made(
        row.Name,
        row.HostId,
        DriftKind.RowSurplus,
        "none",
        Token<DeckyState>.Of(row.State),
        $"The host '{row.HostId}' has '{row.Name}', which the fleet does not have. Remove-DecnetDecky {row.Name} goes on from there.");

    static Output.Drift Made(DeckyName name, HostId host, DriftKind kind, string expected, string actual, string reason) => new()
    {
        DeckyName = name.Value,
        HostId = host.Value,
        Kind = Token<DriftKind>.Of(kind),
        Expected = expected,
        Actual = actual,
        Reason = reason,
    };

    static Fault? FaultOf(FleetSnapshot snapshot, LocalFleet fleet) =>
        FleetReading.FaultOf(snapshot.Desired, fleet.File.Path)
        ?? (snapshot.Observed is ObservedState.Unreachable away ? new Fault("EngineUnreachable", FaultCategory.ConnectionError, away.Reason) : null);
}
