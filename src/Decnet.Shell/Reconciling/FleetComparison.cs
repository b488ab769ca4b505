namespace Decnet.Shell.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Shell.Building;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>The fleet file compared with the rows and the containers.</summary>
public sealed class FleetComparison
{
    FleetComparison(FleetSnapshot snapshot)
    {
        Drifts = [.. DriftFinder.Find(snapshot).Select(Output.Drift.Of)];
        DeckyNames =
        [
            .. ((DesiredState.Known)snapshot.Desired).Fleet.Deckies
                .Where(decky => decky.EffectiveHost(snapshot.HostId) == snapshot.HostId)
                .Select(decky => decky.Name.Value)
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
        return FaultOf(snapshot, fleet) is { } fault ? throw new FaultException(fault) : new FleetComparison(snapshot);
    }

    static Fault? FaultOf(FleetSnapshot snapshot, LocalFleet fleet) =>
        FleetReading.FaultOf(snapshot.Desired, fleet.File.Path)
        ?? (snapshot.Observed is ObservedState.Unreachable away ? new Fault("EngineUnreachable", FaultCategory.ConnectionError, away.Reason) : null);
}
