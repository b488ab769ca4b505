namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;
using Decnet.Simulation.Tests.Simulating.Steps;

/// <summary>
/// What one process may do to containers, rows and operations, given what it was ordered to do, whether it has the lock, and
/// what it was told of the work of others.
/// </summary>
internal sealed class WorkRules(World world, IoGate gate, IStateStore store, RuntimeRules knowledge)
{
    readonly HashSet<Guid> mine = [];
    long disturbances;
    long disturbancesBefore;
    int begunBefore;
    WorkOrder? order;

    /// <summary>What an operator asked for; null for passes.</summary>
    internal WorkOrder? Order
    {
        get => order;
        set
        {
            order = value;
            disturbancesBefore = world.Disturbances;
            knowledge.IsOrdered = value is not null;
        }
    }

    internal bool NeedsLock { get; set; }

    internal bool HasLock { get; private set; }

    /// <summary>What the store told last.</summary>
    internal RecordedState? Recorded { get; set; }

    internal int Begun => mine.Count;

    /// <summary>Whether nobody changed what was looked at. Work in several lanes may judge by a look that was not the last one.</summary>
    bool SawThePresent => disturbances == world.Disturbances && (Order is null || disturbances == disturbancesBefore);

    /// <summary>Whether the fleet file is as this process saw it last.</summary>
    bool KnowsTheFile => knowledge.Desired is DesiredState.Known known && world.File.Current is DesiredState.Known now && known.Fleet == now.Fleet;

    internal void Looked() => disturbances = world.Disturbances;

    internal void BeforeChange(string step, string? decky)
    {
        InvariantException.Require(HasLock || !NeedsLock, "I13", $"'{step}' without the lock");
        if (decky is null)
        {
            return;
        }

        InvariantException.Require(
            Order is not { Named: { } named } || named.Contains(decky), "I14", $"'{step}' of {decky}, which the order does not name");
        InvariantException.Require(
            Order is { IsRotation: false } || Recorded?.Suspensions.FirstOrDefault(suspension => Covers(suspension, decky)) is null, "I15", $"'{step}' of {decky}, which is suspended");
    }

    internal async Task BeforeCommitAsync(IReadOnlyList<StateChange> changes)
    {
        var now = await store.ReadAsync(HostId.Local);
        foreach (var change in changes)
        {
            switch (change)
            {
                case StateChange.AddOperation { Operation: var begun } when Order is not null && begun.HostId == HostId.Local:
                    InvariantException.Require(
                        Recorded?.Rows.Any(row => row.Name == begun.DeckyName) != true || changes.Any(other => IsRowOf(other, begun.DeckyName)),
                        "I6",
                        $"{begun.Kind} of {begun.DeckyName} begins, and passes that looked before may still write its row");
                    break;
                case StateChange.AdvanceOperation advance when await FindAsync(advance.Id) is { IsOpen: true } operation:
                    CheckEnd(operation, advance, changes, now);
                    break;
                case StateChange.InsertDecky { Row: var row }:
                    CheckRow(row.Name, row, now, null);
                    break;
                case StateChange.UpdateDecky { Row: var row }:
                    CheckRow(row.Name, row, now, row.Revision);
                    break;
                case StateChange.DeleteDecky delete:
                    CheckRow(delete.Name, null, now, delete.Revision);
                    break;
            }
        }
    }

    internal void AfterCommit(IReadOnlyList<StateChange> changes, CommitResult result)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i] is StateChange.AddOperation add && result.Applied[i])
            {
                mine.Add(add.Operation.Id);
                if (result.Applied.Count <= i + 1 || !result.Applied[i + 1] || !IsRowOf(changes[i + 1], add.Operation.DeckyName))
                {
                    world.Operations.WithoutRow.Add(add.Operation.Id);
                }
            }
        }
    }

    internal void AfterAcquire()
    {
        HasLock = true;
        begunBefore = mine.Count;
    }

    /// <summary>Who puts the lock down leaves no operation open, of its own or of those who died before it (I16).</summary>
    internal void BeforeRelease()
    {
        HasLock = false;
        if (Order is null)
        {
            return;
        }

        var open = store.ReadAsync(HostId.Local).GetAwaiter().GetResult().OpenOperations
            .FirstOrDefault(_ => mine.Count > begunBefore);
        InvariantException.Require(open is null, "I16", $"{open} is open when the lock is put down");
    }

    /// <summary>No more deckies change their services at once than the budget allows (I17).</summary>
    internal void FileWritten(Fleet fleet)
    {
        if (Order is not { Kind: OperationKind.Mutate, Before: { } before } || world.SeveralAct)
        {
            return;
        }

        var open = store.ReadAsync(HostId.Local).GetAwaiter().GetResult().OpenOperations.Select(operation => operation.DeckyName).ToHashSet();
        var earlier = Mine(before).ToDictionary(decky => decky.Name);
        var changing = Mine(fleet).Count(decky =>
            open.Contains(decky.Name) && earlier.TryGetValue(decky.Name, out var known) && !known.Services.Equals(decky.Services));
        var allowed = SimulatedProcess.Exposure.For(fleet.Deckies.Count);
        InvariantException.Require(changing <= allowed, "I17", $"{changing} deckies change their services at once, and {allowed} may");
    }

    void CheckEnd(Operation operation, StateChange.AdvanceOperation advance, IReadOnlyList<StateChange> changes, RecordedState now)
    {
        if (advance.Status == OperationStatus.Failed)
        {
            InvariantException.Require(!string.IsNullOrWhiteSpace(advance.Error), "I18", $"{operation} failed, and nothing says why");
            InvariantException.Require(
                mine.Contains(operation.Id) || HasLock || operation.Deadline <= world.Clock.GetUtcNow(), "I16", $"{operation} is ended by somebody else");
        }

        if (advance.Status == OperationStatus.Failed && operation.Kind == OperationKind.Mutate && mine.Contains(operation.Id) && !world.SeveralAct)
        {
            CheckReversal(operation, advance.Error!);
        }

        if (advance.Status != OperationStatus.Succeeded || operation.HostId != HostId.Local)
        {
            return;
        }

        InvariantException.Require(mine.Contains(operation.Id), "I18", $"{operation} succeeded, and another process did it");
        if (operation.Kind == OperationKind.Teardown)
        {
            var kept = changes.Any(change => change is StateChange.DeleteDecky delete && delete.Name == operation.DeckyName)
                ? null
                : now.Rows.FirstOrDefault(row => row.Name == operation.DeckyName);
            InvariantException.Require(kept is null || world.Operations.WithoutRow.Contains(operation.Id), "I18", $"the teardown of {operation.DeckyName} succeeded, and its row stays");
            InvariantException.Require(!SawThePresent || Truth.HasNone(world, operation.DeckyName), "I18", $"the teardown of {operation.DeckyName} succeeded, and containers are left");
        }
        else
        {
            var fault = SawThePresent && KnowsTheFile ? Truth.Runs(world, operation.DeckyName, configured: true) : null;
            InvariantException.Require(string.IsNullOrEmpty(fault), "I18", $"{operation.Kind} of {operation.DeckyName} succeeded, and {fault}");
        }
    }

    /// <summary>After a change of services that failed the file has the old ones, unless it could not be written (I22).</summary>
    void CheckReversal(Operation operation, string error)
    {
        var now = FleetSteps.Known(world.File.Current)?.Deckies.FirstOrDefault(decky => decky.Name == operation.DeckyName && decky.EffectiveHost(HostId.Local) == operation.HostId);
        var before = Order?.Before?.Deckies.FirstOrDefault(decky => decky.Name == operation.DeckyName && decky.EffectiveHost(HostId.Local) == operation.HostId);
        InvariantException.Require(
            now is null || before is null || now.Services.Equals(before.Services) || error.Contains("fleet file could not", StringComparison.Ordinal)
            || error.Contains("fleet file was not", StringComparison.Ordinal) || error.Contains("could not be saved", StringComparison.Ordinal),
            "I22",
            $"the mutation of {operation.DeckyName} failed, and the file has {now?.Services} instead of {before?.Services}");
    }

    void CheckRow(DeckyName name, DeckyRow? row, RecordedState now, long? revision)
    {
        var busy = now.OpenOperations.FirstOrDefault(operation =>
            operation.DeckyName == name && operation.Deadline > world.Clock.GetUtcNow() && !mine.Contains(operation.Id)
            && (!world.Operations.WithoutRow.Contains(operation.Id) || Recorded?.OpenOperations.Any(known => known.Id == operation.Id) == true));
        InvariantException.Require(
            busy is null || now.Rows.FirstOrDefault(stored => stored.Name == name)?.Revision != revision, "I6", $"{gate.Process} writes the row of {name} while an operation of another process works on it");
        var changes = row is { State: DeckyState.Running } && now.Rows.FirstOrDefault(stored => stored.Name == name) is not { State: DeckyState.Running };
        var fault = changes && SawThePresent && KnowsTheFile && !world.SeveralAct ? Truth.Runs(world, name, configured: false) : null;
        InvariantException.Require(string.IsNullOrEmpty(fault), "I19", $"{name} is recorded as running, and {fault}");
    }

    static IEnumerable<Decky> Mine(Fleet fleet) => fleet.Deckies.Where(decky => decky.EffectiveHost(HostId.Local) == HostId.Local);

    static bool IsRowOf(StateChange change, DeckyName name) => change switch
    {
        StateChange.InsertDecky { Row: var row } => row.Name == name,
        StateChange.UpdateDecky { Row: var row } => row.Name == name,
        _ => false,
    };

    async Task<Operation?> FindAsync(Guid id) =>
        (await store.ListOperationsAsync(new OperationQuery { Ids = [id] })) is [var found] ? found : null;

    static bool Covers(Suspension suspension, string decky) => suspension.DeckyName is null || suspension.DeckyName?.Value == decky;
}
