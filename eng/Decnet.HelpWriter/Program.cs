namespace Decnet.HelpWriter;

using System.Text;
using System.Xml;
using Decnet.HelpWriter.Help;
using Decnet.HelpWriter.Reading;
using Decnet.HelpWriter.Writing;

/// <summary>Writes the help of the PowerShell module from its assembly and the XML comments of its cmdlets. README.md has the rules.</summary>
internal static class Program
{
    internal const int Written = 0;
    internal const int Incomplete = 1;
    internal const int Failed = 2;

    static int Main(string[] arguments) => Run(arguments, Console.Error);

    /// <summary>Writes the files, none when a comment is missing. Errors are told in the form that MSBuild shows as errors of the build.</summary>
    internal static int Run(IReadOnlyList<string> arguments, TextWriter errors)
    {
        try
        {
            var line = CommandLine.Parse(arguments);
            var cmdlets = AssemblyReader.Read(line.Assembly, line.Xml, line.References);
            if (cmdlets.Count == 0)
            {
                return Complain(errors, Failed, [$"{line.Assembly} has no cmdlets."]);
            }

            string[] missing = [.. cmdlets.SelectMany(Completeness.Missing)];
            return missing.Length > 0 ? Complain(errors, Incomplete, missing) : Write(line, cmdlets);
        }
        catch (FormatException error)
        {
            var exit = Complain(errors, Failed, [error.Message]);
            errors.WriteLine(CommandLine.Usage);
            return exit;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException or BadImageFormatException)
        {
            return Complain(errors, Failed, [error.Message]);
        }
    }

    static int Write(CommandLine line, IReadOnlyList<CmdletHelp> cmdlets)
    {
        Save(line.Maml, () => new MamlWriter(line.Online).Write(cmdlets));
        Save(line.Markdown, () => MarkdownWriter.Write(cmdlets));
        return Written;
    }

    static void Save(string? path, Func<string> text)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    static int Complain(TextWriter errors, int exit, IEnumerable<string> complaints)
    {
        foreach (var complaint in complaints)
        {
            errors.WriteLine($"Decnet.HelpWriter : error HELP{exit}: {complaint}");
        }

        return exit;
    }
}
