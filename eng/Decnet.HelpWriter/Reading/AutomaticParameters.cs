namespace Decnet.HelpWriter.Reading;

using System.Reflection;
using Decnet.HelpWriter.Help;

/// <summary>Parameters that PowerShell adds because of what <c>[Cmdlet]</c> says.</summary>
internal static class AutomaticParameters
{
    internal static IEnumerable<ParameterHelp> Of(CustomAttributeData cmdlet)
    {
        if (Attributes.Named(cmdlet, "SupportsPaging", false))
        {
            yield return Create("First", "ulong", [], "Emits only the given number of objects.");
            yield return Create("IncludeTotalCount", "SwitchParameter", [], "Emits the number of all objects before them, as far as it is known.");
            yield return Create("Skip", "ulong", [], "Leaves out the given number of objects, and emits the others.");
        }

        if (Attributes.Named(cmdlet, "SupportsShouldProcess", false))
        {
            yield return Create("WhatIf", "SwitchParameter", ["wi"], "Shows what the cmdlet would do, and changes nothing.");
            yield return Create("Confirm", "SwitchParameter", ["cf"], "Asks before each change.");
        }
    }

    static ParameterHelp Create(string name, string type, string[] aliases, string text) => new()
    {
        Name = name,
        TypeName = type,
        Text = [new Paragraph([new Span(SpanKind.Words, text)])],
        Aliases = aliases,
        Places = [new ParameterPlace()],
        Automatic = true,
    };
}
