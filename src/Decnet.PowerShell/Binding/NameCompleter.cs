namespace Decnet.PowerShell.Binding;

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

/// <summary>Completes names. It never throws, and asks no engine.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <summary>Called by PowerShell to complete an argument.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed, perhaps in quotes.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The parameters before.</param>
    /// <returns>What fits.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        var pattern = new WildcardPattern(word + "*", WildcardOptions.IgnoreCase);
        try
        {
            return [.. Names().Where(pattern.IsMatch).Order(StringComparer.OrdinalIgnoreCase).Select(Result)];
        }
#pragma warning disable CA1031 // Nothing to complete is better than an error while somebody types.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    /// <summary>All names.</summary>
    private protected abstract IEnumerable<string> Names();

    static CompletionResult Result(string name)
    {
        var isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return new CompletionResult(isPlain ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'", name, CompletionResultType.ParameterValue, name);
    }
}
