namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>Operations in the making, with the rows that go with them; recorded together or not at all.</summary>
internal sealed class FleetWorkDraft(
    FleetGround ground, Sight sight, IReadOnlyList<Operation> history, IReadOnlyDictionary<DeckyName, Guid> identities)
{
    const string Deploying = "it is being deployed";

    readonly List<StateChange> changes = [];
    readonly List<OperationItem> items = [];
    readonly DateTimeOffset now = ground.Clock.GetUtcNow();

    /// <summary>The last operation of each decky, to count attempts.</summary>
    readonly ILookup<(HostId, DeckyName), Operation> last = history.ToLookup(operation => (operation.HostId, operation.DeckyName));

    internal IReadOnlyList<OperationItem> Items => items;

    internal void AddDeploys(Fleet fleet, IEnumerable<(Decky Decky, Decky? Previous)> deckies)
    {
        var compose = ground.Blueprints.Of(fleet);
        foreach (var (decky, previous) in deckies)
        {
            var host = decky.EffectiveHost(ground.HostId);
            Add(OperationKind.Deploy, host, decky.Name, decky, previous);
            if (sight.RowOf(host, decky.Name) is null && ground.Reaches(host))
            {
                changes.Add(PendingRow(host, compose(decky)));
            }
        }
    }

    /// <summary>Adds a change of services.</summary>
    /// <param name="decky">The decky with its new services.</param>
    /// <param name="previous">The decky as it is.</param>
    /// <param name="wave">How many waves come before it, and may take their time.</param>
    /// <param name="trigger">Why.</param>
    internal void AddMutate(Decky decky, Decky previous, int wave, MutationTrigger trigger) =>
        Add(OperationKind.Mutate, decky.EffectiveHost(ground.HostId), decky.Name, decky, previous, wave + 1, trigger: trigger);

    internal void AddTeardown(HostId host, DeckyName name, Decky? decky) =>
        Add(OperationKind.Teardown, host, name, null, decky, mark: row => RowState.Change(row, DeckyState.TearingDown, "it is being torn down"));

    /// <summary>Records everything.</summary>
    /// <exception cref="DecnetException">Somebody else has an operation open on one of the deckies; nothing of this work stays open.</exception>
    internal async Task<OperationJournal> CommitAsync(IProgress<DeployProgress>? progress, CancellationToken cancellationToken)
    {
        var commit = await ground.Store.CommitAsync(changes, now, cancellationToken).ConfigureAwait(false);
        Operation[] refused =
        [
            .. changes.Zip(commit.Applied, (change, applied) => applied ? null : (change as StateChange.AddOperation)?.Operation).OfType<Operation>(),
        ];
        if (refused.Length > 0)
        {
            Operation[] mine = [.. items.Select(item => item.Operation).Except(refused)];
            var error = $"An operation is under way on {string.Join(", ", refused.Select(operation => operation.DeckyName.Value))}. Try again when it has ended.";
            await OpenOperations.EndAsync(ground.Store, mine, _ => error, now, CancellationToken.None).ConfigureAwait(false);
            throw new DecnetException(error);
        }

        return new OperationJournal(ground.Store, ground.Clock, [.. items.Select(item => item.Operation)], progress);
    }

    void Add(
        OperationKind kind, HostId host, DeckyName name, Decky? decky, Decky? previous, int turns = 1, Func<DeckyRow, StateChange?>? mark = null, MutationTrigger? trigger = null)
    {
        var before = last[(host, name)].FirstOrDefault();
        var operation = new Operation
        {
            Id = identities.TryGetValue(name, out var chosen) ? chosen : NewId(),
            HostId = host,
            DeckyName = name,
            Kind = kind,
            Trigger = trigger,
            Attempt = before is { Status: OperationStatus.Failed } && before.Kind == kind ? before.Attempt + 1 : 1,
            CreatedAt = now,
            UpdatedAt = now,
            Deadline = now + (ground.Options.Deadlines.For(kind) * turns),
        };
        items.Add(new OperationItem(operation, decky, previous));
        changes.Add(new StateChange.AddOperation(operation) { Events = [OperationEvent.Draft(operation)] });
        if (sight.RowOf(host, name) is { } row)
        {
            // Also when it stays as it is: what a pass saw before the operation began is then too old to be written.
            changes.Add(mark?.Invoke(row) ?? new StateChange.UpdateDecky(row));
        }
    }

    /// <summary>A random identity (RFC 9562, version 4).</summary>
    Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (ground.Random)
        {
            ground.Random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    StateChange.InsertDecky PendingRow(HostId host, DeckyBlueprint blueprint)
    {
        var row = new DeckyRow
        {
            HostId = host,
            Name = blueprint.Decky.Name,
            IPAddress = blueprint.Decky.IPAddress,
            Services = blueprint.Decky.Services,
            ConfigJson = blueprint.ConfigJson,
            ConfigHash = blueprint.ConfigHash,
            State = DeckyState.Pending,
            Reason = Deploying,
            UpdatedAt = now,
        };
        return new StateChange.InsertDecky(row) { Events = [StateEvent.Draft(row.HostId, row.Name, "inserted", row.State, null, row.Reason)] };
    }

}
