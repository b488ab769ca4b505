namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>Work on a fleet that has been recorded and goes on by itself.</summary>
public sealed record FleetWork
{
    /// <summary>The operations, as they were when they were recorded. None when there was nothing to do.</summary>
    public required ValueList<Operation> Operations { get; init; }

    /// <summary>Ends with the work. It fails only when the store does.</summary>
    public required Task<FleetWorkResult> Completion { get; init; }
}
