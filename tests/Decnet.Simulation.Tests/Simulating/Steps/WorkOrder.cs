namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>What an operator asks a <see cref="FleetService"/> for.</summary>
internal sealed record WorkOrder
{
    internal required string Text { get; init; }

    internal required OperationKind Kind { get; init; }

    /// <summary>The deckies whose containers it may touch; null for all.</summary>
    internal IReadOnlySet<string>? Named { get; init; }

    /// <summary>The fleet when it was given.</summary>
    internal Fleet? Before { get; init; }

    /// <summary>Whether it is the time, not an operator, that wants other services.</summary>
    internal bool IsRotation { get; init; }

    /// <summary>Whether it contradicts what there is, so that nothing of it may be done.</summary>
    internal bool IsConflict { get; init; }

    internal required Func<FleetService, Task<FleetWorkResult>> Run { get; init; }
}
