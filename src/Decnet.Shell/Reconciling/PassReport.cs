namespace Decnet.Shell.Reconciling;

using Decnet.Fleet.Reconciling;
using Decnet.Shell.Flow;
using Output = Decnet.Shell.Output;

/// <summary>Puts out what a pass did: the result, a warning for what it could not do, a fault for each decky that it failed to repair.</summary>
internal static class PassReport
{
    internal static void Write(ReconcileResult result, IOutlet outlet)
    {
        Tell(result.Holds, outlet);
        outlet.Write(Output.ReconcileResult.Of(result));
        Fail(result, outlet);
    }

    /// <summary>What people do or order themselves, and waits that end by themselves, need no warning.</summary>
    internal static void Tell(IEnumerable<PlanHold> holds, IOutlet outlet)
    {
        foreach (var hold in holds)
        {
            if (hold.HoldsPass || hold.Kind is HoldKind.WorkUnderway or HoldKind.InvalidDecky)
            {
                outlet.Warn($"Held, {hold}");
            }
            else
            {
                outlet.Tell($"Held, {hold}");
            }
        }
    }

    internal static void Fail(ReconcileResult result, IOutlet outlet)
    {
        foreach (var decky in result.Steps.Where(step => step.Outcome == StepOutcome.Failed).GroupBy(step => step.Step.DeckyName, StringComparer.Ordinal))
        {
            // All steps of a decky fail together, with the error of the one that stopped it.
            outlet.Fail(new Fault("RepairFailed", FaultCategory.InvalidResult, $"{decky.Key} could not be repaired: {decky.First().Error}", decky.Key));
        }
    }
}
