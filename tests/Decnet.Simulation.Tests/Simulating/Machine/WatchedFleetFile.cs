namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>The real fleet file as one process uses it. What was loaded last is remembered, and saves are accounted for.</summary>
internal sealed class WatchedFleetFile : IFleetFile
{
    readonly FleetFile file;
    readonly RuntimeRules rules;
    readonly FileLedger ledger;
    readonly SignalSource<FleetFileSignal> signals;
    Func<Fleet?>? wanted;

    internal WatchedFleetFile(FleetFile file, SimulatedFiles files, RuntimeRules rules, FileLedger ledger, SignalSource<FleetFileSignal> signals)
    {
        this.file = file;
        this.rules = rules;
        this.ledger = ledger;
        this.signals = signals;
        files.Locked = Begin;
    }

    public string Path => file.Path;

    /// <summary>The fleets that were saved, each as soon as it is there.</summary>
    internal Action<Fleet>? Written { get; set; }

    public async Task<DesiredState> LoadAsync(CancellationToken cancellationToken = default) =>
        rules.Desired = await file.LoadAsync(cancellationToken);

    public async Task<DesiredState.Known> SaveAsync(Fleet fleet, long? expectedGeneration = null, CancellationToken cancellationToken = default)
    {
        wanted = () => fleet;
        return Saved(await file.SaveAsync(fleet, expectedGeneration, cancellationToken));
    }

    public async Task<DesiredState> UpdateAsync(Func<DesiredState, Fleet?> change, CancellationToken cancellationToken = default)
    {
        Fleet? changed = null;
        wanted = null;
        var state = await file.UpdateAsync(
            now =>
            {
                changed = change(now);
                ledger.Want(changed);
                return changed;
            },
            cancellationToken);
        rules.Desired = state;
        return changed is null ? state : Saved((DesiredState.Known)state);
    }

    public async Task<DesiredState.Known> RestorePreviousAsync(CancellationToken cancellationToken = default)
    {
        wanted = () => ledger.Previous;
        return Saved(await file.RestorePreviousAsync(cancellationToken));
    }

    public IAsyncEnumerable<FleetFileSignal> WatchAsync(CancellationToken cancellationToken = default) => signals.ReadAsync(cancellationToken);

    /// <summary>From here on nobody else saves.</summary>
    void Begin(string lockPath)
    {
        if (lockPath == file.LockPath)
        {
            ledger.Begin();
            ledger.Want(wanted?.Invoke());
        }
    }

    DesiredState.Known Saved(DesiredState.Known state)
    {
        ledger.Acknowledge(state);
        rules.Desired = state;
        Written?.Invoke(state.Fleet);
        return state;
    }
}
