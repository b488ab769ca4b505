namespace Decnet.HelpWriter.Tests;

using System.Xml.Linq;
using Decnet.HelpWriter.Tests.Samples;
using Decnet.Testing;

/// <summary>Runs the program on the cmdlets in Samples, as the build of the module does.</summary>
internal sealed class SampleHelp : IDisposable
{
    readonly TemporaryFolder folder = new();

    internal static string Assembly => typeof(Crate).Assembly.Location;

    internal static string Xml => Path.ChangeExtension(Assembly, ".xml");

    internal string MamlPath => folder.File("out/en-US/Samples.dll-Help.xml");

    internal string MarkdownPath => folder.File("out/cmdlets.md");

    internal string Errors { get; private set; } = "";

    /// <summary>Writes the help; the comments may be changed before.</summary>
    internal int Write(Action<XDocument>? change = null, params string[] more)
    {
        var comments = XDocument.Load(Xml, LoadOptions.PreserveWhitespace);
        change?.Invoke(comments);
        comments.Save(folder.File("comments.xml"));
        return Run(["--assembly", Assembly, "--xml", folder.File("comments.xml"), "--maml", MamlPath, "--markdown", MarkdownPath, .. more]);
    }

    internal int Run(params string[] arguments)
    {
        using var errors = new StringWriter();
        var exit = Program.Run(arguments, errors);
        Errors = errors.ToString();
        return exit;
    }

    public void Dispose() => folder.Dispose();
}
