namespace Decnet.Daemon.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>Prints what a deployment would do.</summary>
internal static class DeployPlanRows
{
    static readonly string[] Headings = ["decky", "action", "containers", "reason"];

    internal static void Write(Terminal terminal, DeployPlan plan, bool json)
    {
        if (json)
        {
            foreach (var item in plan.Deckies)
            {
                WriteJson(terminal.Out, item);
            }
        }
        else
        {
            Table.Write(terminal, Headings, [.. plan.Deckies.Select(item => (string?[])
            [
                item.Name.Value, Token<DeployAction>.Of(item.Action), string.Join(", ", item.Steps.Select(step => step.Container ?? step.DeckyName).Distinct()), item.Reason,
            ])]);
        }

        foreach (var note in plan.Notes)
        {
            terminal.Error.WriteLine(note);
        }
    }

    static void WriteJson(TextWriter output, DeployPlanItem item) => JsonLines.Write(output, writer =>
    {
        writer.WriteString("decky", item.Name.Value);
        writer.WriteString("action", Token<DeployAction>.Of(item.Action));
        writer.WriteString("reason", item.Reason);
        writer.WriteTexts("steps", item.Steps.Select(step => step.ToString()));
    });
}
