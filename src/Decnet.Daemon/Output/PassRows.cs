namespace Decnet.Daemon.Output;

using System.Globalization;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>Prints what a pass would do, or what it did.</summary>
internal static class PassRows
{
    internal static void Write(Terminal terminal, ReconcilePlan plan, bool json)
    {
        if (json)
        {
            JsonLines.Write(terminal.Out, ReconcilePlanJson.Write(plan));
            return;
        }

        WriteHolds(terminal, plan);
        if (plan.Steps.Count > 0)
        {
            Table.Write(terminal, ["action", "what", "reason"], [.. plan.Steps.Select(Row)]);
        }
        else if (plan.IsConverged)
        {
            terminal.Out.WriteLine("Converged: nothing to do.");
        }
    }

    internal static void Write(Terminal terminal, ReconcileResult result, bool json)
    {
        if (json)
        {
            JsonLines.Write(terminal.Out, writer => WriteJson(writer, result));
            return;
        }

        WriteHolds(terminal, result.Plan);
        if (result.Steps.Count > 0)
        {
            Table.Write(terminal, ["action", "what", "outcome", "reason"], [.. result.Steps.Select(Row)]);
        }

        if (result.IsConverged)
        {
            terminal.Out.WriteLine("Converged: nothing to do.");
        }
        else if (result.Steps.Count > 0)
        {
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Inserted} inserted, {result.Deleted} deleted, {result.StateUpdated} states, {result.ConfigUpdated} configurations, {result.Repaired} repaired in {TimeText.Span(result.Duration)}"));
        }
    }

    static void WriteHolds(Terminal terminal, ReconcilePlan plan)
    {
        foreach (var hold in plan.Holds)
        {
            terminal.Out.WriteLine($"Held, {hold}");
        }

        foreach (var stray in plan.Strays)
        {
            terminal.Out.WriteLine($"Stray: {stray.Name}");
        }
    }

    static string?[] Row(PlanStep step) => [Token<PlanAction>.Of(step.Action), step.Container ?? step.DeckyName, step.Reason];

    static string?[] Row(ExecutedStep step) =>
        [Token<PlanAction>.Of(step.Step.Action), step.Step.Container ?? step.Step.DeckyName, Token<StepOutcome>.Of(step.Outcome), step.Error ?? step.Step.Reason];

    static void WriteJson(Utf8JsonWriter writer, ReconcileResult result)
    {
        writer.WriteOptional("at", result.Plan.MadeAt);
        writer.WriteString("host", result.Plan.HostId.Value);
        writer.WriteBoolean("converged", result.IsConverged);
        writer.WriteBoolean("held", result.Held);
        writer.WriteNumber("inserted", result.Inserted);
        writer.WriteNumber("deleted", result.Deleted);
        writer.WriteNumber("state_updated", result.StateUpdated);
        writer.WriteNumber("config_updated", result.ConfigUpdated);
        writer.WriteNumber("repaired", result.Repaired);
        writer.WriteNumber("milliseconds", Math.Round(result.Duration.TotalMilliseconds, 1));
        writer.WriteTexts("holds", result.Holds.Select(hold => hold.ToString()));
        writer.WriteTexts("strays", result.Strays.Select(stray => stray.Name));
        writer.WriteTexts("failures", result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => $"{step.Step}: {step.Error}"));
    }
}
