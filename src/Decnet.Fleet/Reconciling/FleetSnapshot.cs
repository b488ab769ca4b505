namespace Decnet.Fleet.Reconciling;

using System.Collections.Frozen;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>What a plan is made from: the desired, the recorded and the observed state of one host, at one time. Immutable.</summary>
public sealed class FleetSnapshot
{
    FleetSnapshot(
        HostId hostId,
        DesiredState desired,
        RecordedState recorded,
        ObservedState observed,
        DateTimeOffset takenAt,
        IReadOnlyDictionary<DeckyName, RepairHistory>? repairs,
        SubjectSet subjects)
    {
        HostId = hostId;
        Desired = desired;
        Recorded = recorded;
        Observed = observed;
        TakenAt = takenAt;
        Repairs = repairs ?? FrozenDictionary<DeckyName, RepairHistory>.Empty;
        Index = new SnapshotIndex(this, subjects);
    }

    /// <summary>The host.</summary>
    public HostId HostId { get; }

    /// <summary>What the fleet file says.</summary>
    public DesiredState Desired { get; }

    /// <summary>What the store holds.</summary>
    public RecordedState Recorded { get; }

    /// <summary>What the runtime shows.</summary>
    public ObservedState Observed { get; }

    /// <summary>When it was taken. Deadlines and waits are judged by this time.</summary>
    public DateTimeOffset TakenAt { get; }

    /// <summary>Repairs that are remembered, by decky.</summary>
    public IReadOnlyDictionary<DeckyName, RepairHistory> Repairs { get; }

    internal SnapshotIndex Index { get; }

    /// <summary>The snapshot as if nobody had given an order to leave deckies alone, and nothing had been tried yet.</summary>
    internal FleetSnapshot Unhindered() =>
        new(HostId, Desired, Recorded with { Suspensions = [] }, Observed, TakenAt, null, new SubjectSet(Index.Subjects, Index.Invalid));

    /// <summary>Puts the three states together.</summary>
    /// <param name="hostId">The host whose deckies are judged; those of other hosts are ignored.</param>
    /// <param name="desired">What the fleet file says. A fleet whose catalog is not valid is taken as corrupt.</param>
    /// <param name="recorded">What the store holds about the host.</param>
    /// <param name="observed">What the runtime shows.</param>
    /// <param name="takenAt">The time.</param>
    /// <param name="repairs">Repairs that are remembered; null for none.</param>
    /// <param name="decoyImage">The image of services without one of their own; null for <see cref="DeckyComposer.DefaultDecoyImage"/>.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="ArgumentException">The decoy image is not an image reference.</exception>
    public static FleetSnapshot Create(
        HostId hostId,
        DesiredState desired,
        RecordedState recorded,
        ObservedState observed,
        DateTimeOffset takenAt,
        IReadOnlyDictionary<DeckyName, RepairHistory>? repairs = null,
        string? decoyImage = null) =>
        Create(hostId, desired, recorded, observed, takenAt, repairs, new SubjectCache(hostId, new DeckyBlueprints(DeckyComposer.Checked(decoyImage, nameof(decoyImage)))));

    internal static FleetSnapshot Create(
        HostId hostId,
        DesiredState desired,
        RecordedState recorded,
        ObservedState observed,
        DateTimeOffset takenAt,
        IReadOnlyDictionary<DeckyName, RepairHistory>? repairs,
        SubjectCache cache)
    {
        if (desired is DesiredState.Known known)
        {
            try
            {
                return new FleetSnapshot(hostId, desired, recorded, observed, takenAt, repairs, cache.For(known.Fleet));
            }
            catch (FleetValidationException error)
            {
                desired = new DesiredState.Corrupt { Reason = $"The catalog of the fleet cannot be used: {error.Message}" };
            }
        }

        // Without a fleet the rows tell what should be there, as far as they go.
        var subjects = recorded.Rows.Select(row =>
            new Subject(row.Name, SubjectCache.ServicesOf(row.Services, FleetCatalog.BuiltIn), null));
        var set = new SubjectSet([.. subjects], FrozenDictionary<DeckyName, string>.Empty);
        return new FleetSnapshot(hostId, desired, recorded, observed, takenAt, repairs, set);
    }
}
