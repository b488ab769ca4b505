namespace Decnet.Shell.Reconciling;

using Decnet.Fleet.Reconciling;
using Decnet.Shell.Flow;

/// <summary>What a pass may do, as somebody asks for it.</summary>
public sealed record PassRequest
{
    /// <summary>How far it may go to bring containers back: <c>Off</c>, <c>Restart</c> or <c>Recreate</c>.</summary>
    /// <value>Default: <c>Off</c>.</value>
    public string Repair { get; init; } = nameof(RepairMode.Off);

    /// <summary>How many rows it may delete: a number, a share such as <c>20%</c>, or <c>unlimited</c>.</summary>
    /// <value>Default: null, any number.</value>
    public string? MaxDeletions { get; init; }

    /// <summary>Whether it removes containers with our labels that belong to no decky.</summary>
    /// <value>Default: false.</value>
    public bool RemoveStrays { get; init; }

    /// <exception cref="FaultException">A value is none of those that can be said.</exception>
    internal ReconcileOptions ToOptions() => new()
    {
        Repair = Enum.TryParse<RepairMode>(Repair, ignoreCase: true, out var repair) && Enum.IsDefined(repair)
            ? repair
            : throw new FaultException(new Fault("RepairInvalid", FaultCategory.InvalidArgument, $"'{Repair}' is none of Off, Restart and Recreate.", Repair)),
        MaxDeletions = MaxDeletions is null ? DeletionBudget.Unlimited
            : DeletionBudget.TryParse(MaxDeletions, out var budget) ? budget
            : throw new FaultException(new Fault(
                "MaxDeletionsInvalid", FaultCategory.InvalidArgument,
                $"'{MaxDeletions}' is not a number of deletions: write a number such as 5, a share such as '20%', or 'unlimited'.", MaxDeletions)),
        RemoveStrays = RemoveStrays,
    };
}
