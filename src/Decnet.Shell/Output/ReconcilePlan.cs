namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Reconciling = Decnet.Fleet.Reconciling;

/// <summary>What a pass would do. It can be looked at, kept, and applied later, as long as nothing has changed in between.</summary>
public sealed class ReconcilePlan
{
    readonly Lazy<PlanStep[]> steps;

    internal ReconcilePlan(Reconciling.ReconcilePlan plan)
    {
        Planned = plan;
        steps = new Lazy<PlanStep[]>(() => [.. plan.Steps.Select(PlanStep.Of)]);
    }

    /// <summary>The steps, in the order in which they are done: rows first, then containers, decky by decky.</summary>
    public PlanStep[] Steps => steps.Value;

    /// <summary>What is not done, and why.</summary>
    public PlanHold[] Holds => [.. Planned.Holds.Select(PlanHold.Of)];

    /// <summary>The names of containers that carry our labels and belong to no decky of the fleet.</summary>
    public string[] Strays => [.. Planned.Strays.Select(stray => stray.Name)];

    /// <summary>The SHA-256 over everything that the plan was made from: fleet, rows, open operations, suspensions and containers.</summary>
    public string Fingerprint => Planned.Fingerprint;

    /// <summary>Whether there is nothing to do and nothing held.</summary>
    public bool IsConverged => Planned.IsConverged;

    /// <summary>The host that it is for.</summary>
    public string HostId => Planned.HostId.Value;

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt => Planned.MadeAt;

    /// <summary>How far it may go to bring containers back: <c>off</c>, <c>restart</c> or <c>recreate</c>.</summary>
    public string Repair => Token<RepairMode>.Of(Planned.Options.Repair);

    /// <summary>How many rows it may delete: a number, a share such as <c>20%</c>, or <c>unlimited</c>.</summary>
    public string MaxDeletions => Planned.Options.MaxDeletions.ToString();

    /// <summary>Whether it removes strays.</summary>
    public bool RemoveStrays => Planned.Options.RemoveStrays;

    internal Reconciling.ReconcilePlan Planned { get; }

    /// <summary>The part of the plan that concerns some deckies.</summary>
    /// <param name="deckyNames">The deckies.</param>
    /// <returns>The part, which is applied as a plan of its own.</returns>
    public ReconcilePlan Only(params string[] deckyNames) => new(Planned.Only(deckyNames));

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Planned.Steps.Count} steps, {Planned.Holds.Count} holds");
}
