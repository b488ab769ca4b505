namespace Decnet.Testing;

/// <summary>The working copy that the tests were built from.</summary>
public static class SourceTree
{
    /// <summary>The folder that holds <c>Decnet.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Makes a path in the working copy.</summary>
    /// <param name="relative">The path below the root, with slashes.</param>
    public static string File(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The C# files below a folder that people wrote, as paths below the root with slashes.</summary>
    public static IReadOnlyList<string> CSharpFiles(string folder) =>
    [
        .. Directory.EnumerateFiles(File(folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The lines of a source file between the marks <c>// &lt;page&gt;</c> and <c>// &lt;/page&gt;</c>, without their indentation.</summary>
    public static string Marked(string source)
    {
        var text = System.IO.File.ReadAllText(File(source)).ReplaceLineEndings("\n");
        var body = text.Split("// <page>\n")[1].Split("        // </page>")[0];
        return body.Replace("\n        ", "\n", StringComparison.Ordinal).Trim();
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Decnet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Decnet.sln; run the tests from a working copy.");
    }
}
