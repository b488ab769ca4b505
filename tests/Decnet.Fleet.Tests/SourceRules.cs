namespace Decnet.Fleet.Tests;

using System.Text.RegularExpressions;

/// <summary>How the sources are laid out (DESIGN section 2). Each rule tells what is wrong with one file, given its path and text.</summary>
internal static partial class SourceRules
{
    internal const int MostLines = 300;

    static readonly string[] Layers =
        ["Telemetry", "Model", "Catalog", "Building", "State", "Containers", "Events", "Lifecycle", "Reconciling", "Operations"];

    static readonly string[] NoNames = ["Utils", "Util", "Helpers", "Helper", "Common", "Misc", "Shared", "Core"];

    static readonly string[] Reflection =
        ["System.Reflection", "Activator.", "MakeGenericType", "MakeGenericMethod", "GetMethods(", "GetProperties(", "GetFields(", "dynamic "];

    internal static IEnumerable<string> Namespace(string path, string text)
    {
        var folders = path.Split('/')[1..^1];
        var wanted = string.Join('.', folders);
        var found = DeclaredNamespace().Match(text).Groups[1].Value;
        if (found != wanted && folders.Length > 0 && DeclaredType().IsMatch(text))
        {
            yield return $"{path}: namespace '{found}' should be '{wanted}', as its folder";
        }
    }

    /// <summary>The folders of Decnet.Fleet may use those to their left; the in-memory implementations may use all up to Events.</summary>
    internal static IEnumerable<string> Layering(string path, string text)
    {
        if (!path.StartsWith("src/Decnet.Fleet/", StringComparison.Ordinal) || LevelOf(path.Split('/')[2]) is not { } level)
        {
            yield break;
        }

        foreach (Match match in UsedLayer().Matches(text))
        {
            var used = match.Groups[1].Value;
            if (path.Split('/')[2] != used && !(LevelOf(used) < level))
            {
                yield return $"{path}: must not use Decnet.Fleet.{used}";
            }
        }
    }

    internal static IEnumerable<string> Length(string path, string text)
    {
        var lines = text.TrimEnd('\n').Count(c => c == '\n') + 1;
        if (lines > MostLines)
        {
            yield return $"{path}: {lines} lines; split it before it has {MostLines}";
        }
    }

    internal static IEnumerable<string> OneType(string path, string text)
    {
        var name = Path.GetFileName(path).Split('.')[0];
        var types = DeclaredType().Matches(text).Select(match => (IsPublic: match.Groups[1].Value == "public", Name: match.Groups[2].Value)).ToArray();
        foreach (var type in types.Where(type => type.IsPublic && type.Name != name))
        {
            yield return $"{path}: the public type {type.Name} belongs into a file of its own name";
        }

        if (types.Length > 0 && !types.Any(type => type.Name == name))
        {
            yield return $"{path}: holds no type {name}";
        }
    }

    internal static IEnumerable<string> FolderNames(string path, string text) =>
        path.Split('/').Intersect(NoNames).Select(name => $"{path}: a folder named {name} says nothing");

    internal static IEnumerable<string> NoReflection(string path, string text) =>
        path.StartsWith("src/Decnet.Fleet/", StringComparison.Ordinal)
            ? Reflection.Where(word => text.Contains(word, StringComparison.Ordinal)).Select(word => $"{path}: uses reflection ({word.Trim()})")
            : [];

    static int? LevelOf(string folder) => folder switch
    {
        "InMemory" => Array.IndexOf(Layers, "Lifecycle"),
        _ => Array.IndexOf(Layers, folder) is >= 0 and var index ? index : null,
    };

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?Decnet\.Fleet\.(\w+)[\w.<>]*;", RegexOptions.Multiline)]
    private static partial Regex UsedLayer();

    [GeneratedRegex(
        @"^(public|internal|file)?\s*(?:(?:sealed|static|abstract|partial|readonly|ref|unsafe|file) )*(?:class|record struct|record|struct|interface|enum) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex DeclaredType();
}
