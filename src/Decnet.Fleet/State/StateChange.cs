namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>
/// One change of the store, with the events that tell of it. A change has a condition; where the condition does not hold
/// the change is skipped, and its events with it, while the rest of the transaction goes on.
/// </summary>
public abstract record StateChange
{
    StateChange()
    {
    }

    /// <summary>The events to log if, and only if, the change is applied.</summary>
    /// <value>Default: none.</value>
    public ValueList<EventDraft> Events { get; init; } = [];

    /// <summary>Adds a decky's row, with a revision that no removed row had: 1 at first. Skipped when there is one with the same host and name.</summary>
    /// <param name="Row">The row; its revision and time of update are set by the store.</param>
    public sealed record InsertDecky(DeckyRow Row) : StateChange;

    /// <summary>Replaces a decky's row and increments its revision. Skipped when its revision is not the row's own <see cref="DeckyRow.Revision"/>.</summary>
    /// <param name="Row">The new contents, with the revision that was read.</param>
    public sealed record UpdateDecky(DeckyRow Row) : StateChange;

    /// <summary>Removes a decky's row. Skipped when its revision is another one.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Name">The decky.</param>
    /// <param name="Revision">The revision that was read.</param>
    public sealed record DeleteDecky(HostId HostId, DeckyName Name, long Revision) : StateChange;

    /// <summary>Adds an operation. Skipped when an operation of the same host and decky is open, or its id is taken.</summary>
    /// <param name="Operation">The operation.</param>
    public sealed record AddOperation(Operation Operation) : StateChange;

    /// <summary>
    /// Moves an operation on. Skipped unless the operation is open and the step leads forward: pending to running, or
    /// either to an end. Running and the ends stamp <see cref="Operation.StartedAt"/> and <see cref="Operation.CompletedAt"/>.
    /// </summary>
    /// <param name="Id">The operation.</param>
    /// <param name="Status">The new status.</param>
    /// <param name="Error">Why it failed; cut to <see cref="Operation.MaxErrorLength"/> characters.</param>
    public sealed record AdvanceOperation(Guid Id, OperationStatus Status, string? Error = null) : StateChange;

    /// <summary>Records how far an operation has got. Skipped unless it is running.</summary>
    /// <param name="Id">The operation.</param>
    /// <param name="Progress">How far it is.</param>
    public sealed record ReportProgress(Guid Id, OperationProgress Progress) : StateChange;

    /// <summary>Suspends a decky or a host, or replaces the order that does. Always applied.</summary>
    /// <param name="Suspension">The order.</param>
    public sealed record Suspend(Suspension Suspension) : StateChange;

    /// <summary>Takes an order to suspend back. Skipped when there is none.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="DeckyName">The decky, or null for the order that concerns the whole host; orders for single deckies stay then.</param>
    public sealed record Resume(HostId HostId, DeckyName? DeckyName) : StateChange;

    /// <summary>Adds or replaces a worker.</summary>
    /// <param name="Worker">The worker.</param>
    public sealed record PutWorker(Worker Worker) : StateChange;

    /// <summary>Adds or replaces a host. Skipped when another host has the same name.</summary>
    /// <param name="Host">The host.</param>
    public sealed record PutHost(FleetHost Host) : StateChange;

    /// <summary>Removes a host with its deckies' rows, and ends its open operations as failed. Skipped when it is not there.</summary>
    /// <param name="HostId">The host.</param>
    public sealed record RemoveHost(HostId HostId) : StateChange;

    /// <summary>Records that a host has reported: it is active, and was last heard of at the time of the commit. Skipped when it is not there.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Number">The number of the report; a lower one than the last leaves that.</param>
    /// <param name="AgentVersion">The version of its agent.</param>
    /// <param name="TrustVersion">Which version of the fleet's trust it has.</param>
    public sealed record RecordReport(HostId HostId, long Number, string AgentVersion, long TrustVersion) : StateChange
    {
        /// <summary>Whether the report tells how the deckies are: then they were seen at the time of the commit, unless a later report was here before.</summary>
        /// <value>Default: true.</value>
        public bool HasObserved { get; init; } = true;
    }

    /// <summary>Changes how a host is that nobody has heard of. Skipped when it has reported, or was changed, since it was read.</summary>
    /// <param name="Seen">The host as it was read.</param>
    /// <param name="Status">How it is.</param>
    public sealed record AgeHost(FleetHost Seen, FleetHostStatus Status) : StateChange;

    /// <summary>Says which certificates a host may show. Skipped when it is not there.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Fingerprint">That of its present certificate.</param>
    /// <param name="NextFingerprint">That of the next one; null when there is none.</param>
    public sealed record PinHost(HostId HostId, string? Fingerprint, string? NextFingerprint) : StateChange;

    /// <summary>Invites a host; an earlier invitation of the same name is void. Always applied.</summary>
    /// <param name="Enrolment">The invitation.</param>
    public sealed record PutEnrolment(Enrolment Enrolment) : StateChange;

    /// <summary>
    /// Uses an invitation up and adds the host. Skipped when there is no such invitation, when it has expired at the time of the
    /// commit, or when the identity or the name of the host is taken.
    /// </summary>
    /// <param name="TokenHash">The invitation.</param>
    /// <param name="Host">The host.</param>
    public sealed record TakeEnrolment(string TokenHash, FleetHost Host) : StateChange;

    /// <summary>Raises a number that only grows. Skipped when it is there and not lower.</summary>
    /// <param name="Name">The number, such as <see cref="DurableCounter.Outbox"/>.</param>
    /// <param name="Value">Its new value.</param>
    public sealed record RaiseCounter(string Name, long Value) : StateChange;

    /// <summary>Logs events that belong to no row, such as a control message. Always applied.</summary>
    public sealed record Announce : StateChange;
}
