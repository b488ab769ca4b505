namespace Decnet.HelpWriter.Writing;

using System.Text;
using Decnet.HelpWriter.Help;

/// <summary>Syntax of a parameter set as PowerShell writes it.</summary>
internal static class SyntaxText
{
    const int Width = 110;

    /// <summary>The whole set; what does not fit in a line goes on in the next, indented.</summary>
    internal static string Of(CmdletHelp cmdlet, SyntaxHelp set)
    {
        var text = new StringBuilder(cmdlet.Name);
        var column = text.Length;
        foreach (var part in set.Parameters.Select(Of).Append("[<CommonParameters>]"))
        {
            if (column + 1 + part.Length > Width)
            {
                text.Append("\n   ");
                column = 3;
            }

            text.Append(' ').Append(part);
            column += 1 + part.Length;
        }

        return text.ToString();
    }

    internal static string Of(SyntaxParameter used)
    {
        var name = used.Place.Position is null ? $"-{used.Parameter.Name}" : $"[-{used.Parameter.Name}]";
        var whole = $"{name}{ValueOf(used.Parameter)}";
        return used.Place.Mandatory ? whole : $"[{whole}]";
    }

    internal static string ValueOf(ParameterHelp parameter) =>
        parameter.IsSwitch ? ""
        : parameter.ValuesInSyntax ? $" {{{string.Join(" | ", parameter.Values.Select(value => value.Name))}}}"
        : $" <{parameter.TypeName}>";
}
