namespace Decnet.Fleet.Tests.Docs;

using System.Text.RegularExpressions;
using Decnet.Testing;

/// <summary>A Markdown page of the working copy.</summary>
static partial class Page
{
    internal static string Read(string path) => File.ReadAllText(SourceTree.File(path)).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks with their languages, in the order of the page.</summary>
    internal static IReadOnlyList<(string Language, string Text)> Blocks(string path) =>
        [.. Fence().Matches(Read(path)).Select(match => (match.Groups["language"].Value, match.Groups["text"].Value))];

    internal static IReadOnlyList<string> Blocks(string path, string language) =>
        [.. Blocks(path).Where(block => block.Language == language).Select(block => block.Text)];

    [GeneratedRegex(@"^```(?<language>[\w-]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
