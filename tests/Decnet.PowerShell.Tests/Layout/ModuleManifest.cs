namespace Decnet.PowerShell.Tests.Layout;

using System.Text.RegularExpressions;

/// <summary>A module manifest, as far as ours goes: keys with a text, or with a list of texts.</summary>
internal sealed partial class ModuleManifest
{
    readonly Dictionary<string, string[]> values;

    ModuleManifest(string text) =>
        values = Entry().Matches(text).ToDictionary(
            entry => entry.Groups["key"].Value,
            entry => Quoted().Matches(entry.Groups["value"].Value).Select(quoted => quoted.Groups["text"].Value).ToArray(),
            StringComparer.Ordinal);

    internal IReadOnlyCollection<string> Keys => values.Keys;

    internal string[] this[string key] => values[key];

    internal static ModuleManifest Load(string path) => new(File.ReadAllText(path));

    [GeneratedRegex(@"^ +(?<key>\w+) += (?<value>'[^']*'|@\([^)]*\))", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("'(?<text>[^']*)'")]
    private static partial Regex Quoted();
}
