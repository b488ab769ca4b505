namespace Decnet.Fleet.Reconciling;

/// <summary>What one pass may do.</summary>
public sealed record ReconcileOptions
{
    /// <summary>How far it may go to bring containers back.</summary>
    /// <value>Default: <see cref="RepairMode.Off"/>.</value>
    public RepairMode Repair { get; init; }

    /// <summary>How many rows it may delete.</summary>
    /// <value>Default: <see cref="DeletionBudget.Unlimited"/>.</value>
    /// <remarks>A missing or corrupt fleet file deletes nothing, whatever the budget.</remarks>
    public DeletionBudget MaxDeletions { get; init; }

    /// <summary>Whether to remove containers that carry our labels and belong to no decky of the fleet.</summary>
    /// <value>Default: false, they are only reported.</value>
    /// <remarks>Ignored unless the fleet file is known and the deletions are within <see cref="MaxDeletions"/>.</remarks>
    public bool RemoveStrays { get; init; }
}
