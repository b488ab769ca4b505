namespace Decnet.HelpWriter;

using Decnet.HelpWriter.Help;

/// <summary>Finds what the comments of cmdlets leave out.</summary>
internal static class Completeness
{
    internal static IEnumerable<string> Missing(CmdletHelp cmdlet)
    {
        if (cmdlet.Synopsis.Count == 0)
        {
            yield return $"{cmdlet.Name} has no synopsis: the class {cmdlet.ClassName} needs a <summary>.";
        }

        if (cmdlet.Description.Count == 0)
        {
            yield return $"{cmdlet.Name} has no description: the class {cmdlet.ClassName} needs <remarks>.";
        }

        if (cmdlet.Examples.Count == 0)
        {
            yield return $"{cmdlet.Name} has no example: the class {cmdlet.ClassName} needs an <example> with <code>.";
        }

        foreach (var example in cmdlet.Examples.Where(example => example.Code.Length == 0))
        {
            yield return $"{cmdlet.Name}: example {example.Number} has no commands; it needs <code>.";
        }

        foreach (var parameter in cmdlet.Parameters.Where(parameter => parameter.Text.Count == 0))
        {
            yield return $"{cmdlet.Name}: the parameter -{parameter.Name} has no text; its property needs a <summary>.";
        }
    }
}
