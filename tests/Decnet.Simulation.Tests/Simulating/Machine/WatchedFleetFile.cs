namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>The real fleet file as one process uses it. What was loaded last is remembered, and saves are accounted for.</summary>
internal sealed class WatchedFleetFile(FleetFile file, RuntimeRules rules, FileLedger ledger, SignalSource<FleetFileSignal> signals) : IFleetFile
{
    public string Path => file.Path;

    public async Task<DesiredState> LoadAsync(CancellationToken cancellationToken = default) =>
        rules.Desired = await file.LoadAsync(cancellationToken);

    public async Task<DesiredState.Known> SaveAsync(Fleet fleet, long? expectedGeneration = null, CancellationToken cancellationToken = default)
    {
        ledger.Begin();
        ledger.Want(fleet);
        return Saved(await file.SaveAsync(fleet, expectedGeneration, cancellationToken));
    }

    public async Task<DesiredState> UpdateAsync(Func<DesiredState, Fleet?> change, CancellationToken cancellationToken = default)
    {
        ledger.Begin();
        Fleet? wanted = null;
        var state = await file.UpdateAsync(
            now =>
            {
                wanted = change(now);
                ledger.Want(wanted);
                return wanted;
            },
            cancellationToken);
        rules.Desired = state;
        return wanted is null ? state : Saved((DesiredState.Known)state);
    }

    public async Task<DesiredState.Known> RestorePreviousAsync(CancellationToken cancellationToken = default)
    {
        ledger.Begin();
        ledger.Want(ledger.Previous);
        return Saved(await file.RestorePreviousAsync(cancellationToken));
    }

    public IAsyncEnumerable<FleetFileSignal> WatchAsync(CancellationToken cancellationToken = default) => signals.ReadAsync(cancellationToken);

    DesiredState.Known Saved(DesiredState.Known state)
    {
        ledger.Acknowledge(state);
        rules.Desired = state;
        return state;
    }
}
